// Groups and their members, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DetachGroupPolicyCommand,
  GetGroupCommand,
  GetUserCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsCommand,
  ListGroupsForUserCommand,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { allow, deny, newUser, policy } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

const createUsers = (iam: IAMClient, ...names: readonly string[]) =>
  Promise.all(names.map(UserName => iam.send(new CreateUserCommand({ UserName }))))

const createGroups = (iam: IAMClient, ...names: readonly string[]) =>
  Promise.all(names.map(GroupName => iam.send(new CreateGroupCommand({ GroupName }))))

onEveryEngine('Groups', newDatabase => {
  test('a new group answers with its identity, and GetGroup with its users', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { Group } = await iam.send(new CreateGroupCommand({ GroupName: 'Devs', Path: '/eng/' }))
    assert.match(Group?.GroupId ?? '', /^AGPA[A-Z2-7]{17}$/)
    assert.deepEqual(Group, {
      Path: '/eng/',
      GroupName: 'Devs',
      GroupId: Group?.GroupId,
      Arn: 'arn:aws:iam::123456789012:group/eng/Devs',
      CreateDate: twinlock.clock.now(),
    })

    const { $metadata, ...empty } = await iam.send(new GetGroupCommand({ GroupName: 'dEVS' }))
    assert.equal($metadata.httpStatusCode, 200)
    assert.deepEqual(empty, { Group, Users: [], IsTruncated: false })

    const [ana] = await createUsers(iam, 'ana')
    await iam.send(new AddUserToGroupCommand({ GroupName: 'devs', UserName: 'ANA' }))
    const { Users } = await iam.send(new GetGroupCommand({ GroupName: 'Devs' }))
    assert.deepEqual(Users, [ana?.User])
  })

  test('names of groups are unique ignoring case, and a missing group is told by its name', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await createGroups(iam, 'Devs', 'ops')
    await assert.rejects(iam.send(new CreateGroupCommand({ GroupName: 'DEVS' })), {
      name: 'EntityAlreadyExistsException',
      message: 'Group with name DEVS already exists.',
    })
    await assert.rejects(
      iam.send(new UpdateGroupCommand({ GroupName: 'ops', NewGroupName: 'devs' })),
      { name: 'EntityAlreadyExistsException', message: 'Group with name devs already exists.' },
    )
    const GroupName = 'nobody'
    for (const ask of [
      () => iam.send(new GetGroupCommand({ GroupName })),
      () => iam.send(new UpdateGroupCommand({ GroupName, NewPath: '/x/' })),
      () => iam.send(new DeleteGroupCommand({ GroupName })),
      () => iam.send(new ListGroupPoliciesCommand({ GroupName })),
    ]) {
      await assert.rejects(ask, {
        name: 'NoSuchEntityException',
        message: 'The group with name nobody cannot be found.',
      })
    }
  })

  test('lists go by name, page by page, under a path', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await createGroups(iam, 'b', 'A', 'd')
    await iam.send(new CreateGroupCommand({ GroupName: 'c', Path: '/team_x/sub/' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'e', Path: '/teamyx/' }))

    const first = await iam.send(new ListGroupsCommand({ MaxItems: 2 }))
    assert.deepEqual(
      first.Groups?.map(group => group.GroupName),
      ['A', 'b'],
    )
    assert.equal(first.IsTruncated, true)
    const rest = await iam.send(new ListGroupsCommand({ Marker: first.Marker }))
    assert.deepEqual(
      rest.Groups?.map(group => group.GroupName),
      ['c', 'd', 'e'],
    )
    assert.equal(rest.IsTruncated, false)
    assert.equal(rest.Marker, undefined)

    const under = await iam.send(new ListGroupsCommand({ PathPrefix: '/team_' }))
    assert.deepEqual(
      under.Groups?.map(group => group.GroupName),
      ['c'],
    )
    await assert.rejects(iam.send(new ListGroupsCommand({ Marker: 'made up' })), {
      name: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })

  test('the users of a group and the groups of a user are paged by name', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await createGroups(iam, 'g2', 'g1', 'g3')
    await createUsers(iam, 'u3', 'U1', 'u2')
    for (const UserName of ['u2', 'u3', 'u1']) {
      await iam.send(new AddUserToGroupCommand({ GroupName: 'g1', UserName }))
    }
    for (const GroupName of ['g3', 'g2']) {
      await iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'u1' }))
    }

    const users = await iam.send(new GetGroupCommand({ GroupName: 'g1', MaxItems: 2 }))
    assert.deepEqual(
      users.Users?.map(user => user.UserName),
      ['U1', 'u2'],
    )
    const moreUsers = await iam.send(
      new GetGroupCommand({ GroupName: 'g1', MaxItems: 2, Marker: users.Marker }),
    )
    assert.deepEqual(
      moreUsers.Users?.map(user => user.UserName),
      ['u3'],
    )
    assert.equal(moreUsers.IsTruncated, false)

    const groups = await iam.send(new ListGroupsForUserCommand({ UserName: 'u1', MaxItems: 2 }))
    assert.deepEqual(
      groups.Groups?.map(group => group.GroupName),
      ['g1', 'g2'],
    )
    const moreGroups = await iam.send(
      new ListGroupsForUserCommand({ UserName: 'u1', Marker: groups.Marker }),
    )
    assert.deepEqual(
      moreGroups.Groups?.map(group => group.GroupName),
      ['g3'],
    )
    await assert.rejects(
      iam.send(new GetGroupCommand({ GroupName: 'g2', Marker: users.Marker })),
      { name: 'ValidationError' },
      "one group's marker is not another's",
    )
  })

  test('a renamed and moved group keeps its id, its users and its policies', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { Group } = await iam.send(new CreateGroupCommand({ GroupName: 'old' }))
    await createUsers(iam, 'ana')
    await iam.send(new AddUserToGroupCommand({ GroupName: 'old', UserName: 'ana' }))
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'old', PolicyArn: READ_ONLY }))
    await iam.send(
      new UpdateGroupCommand({ GroupName: 'OLD', NewGroupName: 'New', NewPath: '/moved/' }),
    )

    const found = await iam.send(new GetGroupCommand({ GroupName: 'new' }))
    assert.deepEqual(found.Group, {
      ...Group,
      GroupName: 'New',
      Path: '/moved/',
      Arn: 'arn:aws:iam::123456789012:group/moved/New',
    })
    assert.deepEqual(
      found.Users?.map(user => user.UserName),
      ['ana'],
    )
    const attached = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: 'new' }))
    assert.deepEqual(attached.AttachedPolicies, [
      { PolicyName: 'ReadOnlyAccess', PolicyArn: READ_ONLY },
    ])
    await assert.rejects(iam.send(new GetGroupCommand({ GroupName: 'old' })), {
      message: 'The group with name old cannot be found.',
    })

    await iam.send(new UpdateGroupCommand({ GroupName: 'new', NewGroupName: 'NEW' }))
    const respelled = await iam.send(new GetGroupCommand({ GroupName: 'new' }))
    assert.equal(respelled.Group?.GroupName, 'NEW', 'a group may take its own name in another case')
  })

  test('a group goes when its users and policies are gone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const group = { GroupName: 'g' }
    const inline = { ...group, PolicyName: 'p' }
    await createGroups(iam, 'g')
    await createUsers(iam, 'ana')
    await iam.send(new AddUserToGroupCommand({ ...group, UserName: 'ana' }))
    await iam.send(new AttachGroupPolicyCommand({ ...group, PolicyArn: READ_ONLY }))
    await iam.send(new PutGroupPolicyCommand({ ...inline, PolicyDocument: policy(allow('s3:*')) }))

    const refused = async (message: string) =>
      assert.rejects(iam.send(new DeleteGroupCommand(group)), {
        name: 'DeleteConflictException',
        message,
      })
    await refused('Cannot delete entity, must remove users from group first.')
    await iam.send(new RemoveUserFromGroupCommand({ ...group, UserName: 'ana' }))
    await refused('Cannot delete entity, must detach all policies first.')
    await iam.send(new DetachGroupPolicyCommand({ ...group, PolicyArn: READ_ONLY }))
    await refused('Cannot delete entity, must delete policies first.')
    await iam.send(new DeleteGroupPolicyCommand(inline))
    await iam.send(new DeleteGroupCommand(group))
    await assert.rejects(iam.send(new GetGroupCommand(group)), { name: 'NoSuchEntityException' })
  })

  test('adding twice and removing a stranger change nothing; a missing user is told first', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await createGroups(iam, 'g')
    await createUsers(iam, 'ana')
    const ana = { GroupName: 'g', UserName: 'ana' }
    await iam.send(new RemoveUserFromGroupCommand(ana))
    await iam.send(new AddUserToGroupCommand(ana))
    await iam.send(new AddUserToGroupCommand(ana))
    const { Users } = await iam.send(new GetGroupCommand({ GroupName: 'g' }))
    assert.equal(Users?.length, 1)

    const nobody = { UserName: 'no', GroupName: 'none' }
    const nowhere = { UserName: 'ana', GroupName: 'none' }
    for (const ask of [
      (membership: typeof ana) => iam.send(new AddUserToGroupCommand(membership)),
      (membership: typeof ana) => iam.send(new RemoveUserFromGroupCommand(membership)),
    ]) {
      await assert.rejects(ask(nobody), {
        name: 'NoSuchEntityException',
        message: 'The user with name no cannot be found.',
      })
      await assert.rejects(ask(nowhere), {
        name: 'NoSuchEntityException',
        message: 'The group with name none cannot be found.',
      })
    }
  })

  test('a user belongs to ten groups at most', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const names = Array.from({ length: 11 }, (_, index) => `g${index}`)
    await createGroups(iam, ...names)
    await createUsers(iam, 'ana')
    const answers = await Promise.allSettled(
      names.map(GroupName => iam.send(new AddUserToGroupCommand({ GroupName, UserName: 'ana' }))),
    )
    const refusals = answers.filter(answer => answer.status === 'rejected')
    assert.deepEqual(
      refusals.map(({ reason }) => [reason.name, reason.message]),
      [['LimitExceededException', 'Cannot exceed quota for GroupsPerUser: 10']],
    )
  })

  test('an account has three hundred groups at most', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await using store = await openStore(database)
    const groups = Array.from({ length: 299 }, (_, index) => ({
      accountId: twinlock.account,
      groupId: `AGPA${index}`,
      groupName: `g${index}`,
      groupNameKey: `g${index}`,
      path: '/',
      createDate: 0,
    }))
    await store.db.insertInto('group').values(groups).execute()

    const iam = twinlock.iam()
    await iam.send(new CreateGroupCommand({ GroupName: 'the-last' }))
    await assert.rejects(iam.send(new CreateGroupCommand({ GroupName: 'one-more' })), {
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for GroupsPerAccount: 300',
    })
  })

  test("a group's policies speak for its users from the moment they are in, and no longer", async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana')
    const asAna = twinlock.iam(ana)
    await createGroups(iam, 'readers', 'nobodies')
    await iam.send(
      new PutGroupPolicyCommand({
        GroupName: 'readers',
        PolicyName: 'read',
        PolicyDocument: policy(allow('iam:GetUser')),
      }),
    )
    await iam.send(
      new PutGroupPolicyCommand({
        GroupName: 'nobodies',
        PolicyName: 'deny',
        PolicyDocument: policy(deny('iam:GetUser')),
      }),
    )

    const readers = { GroupName: 'readers', UserName: 'ana' }
    await assert.rejects(asAna.send(new GetUserCommand({})), { name: 'AccessDenied' })
    await iam.send(new AddUserToGroupCommand(readers))
    await asAna.send(new GetUserCommand({}))
    await iam.send(new UpdateUserCommand({ UserName: 'ana', NewUserName: 'anna' }))
    await asAna.send(new GetUserCommand({}))
    await iam.send(new AddUserToGroupCommand({ GroupName: 'nobodies', UserName: 'anna' }))
    await assert.rejects(asAna.send(new GetUserCommand({})), {
      name: 'AccessDenied',
      message: /with an explicit deny in an identity-based policy$/,
    })
    await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'nobodies', UserName: 'anna' }))
    await iam.send(new RemoveUserFromGroupCommand({ ...readers, UserName: 'anna' }))
    await assert.rejects(asAna.send(new GetUserCommand({})), { name: 'AccessDenied' })
  })

  test('who may not is told so in AWS’s words, whether or not the group exists', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await createGroups(twinlock.iam(), 'devs')
    const mallory = await newUser(
      twinlock,
      'mallory',
      allow('iam:UpdateGroup', {
        Resource: 'arn:aws:iam::123456789012:group/devs',
      }),
    )
    const iam = twinlock.iam(mallory)
    const denied = (action: string, resource: string) => ({
      name: 'AccessDenied',
      message: `User: ${mallory.Arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    })
    for (const GroupName of ['devs', 'none']) {
      await assert.rejects(
        iam.send(new GetGroupCommand({ GroupName })),
        denied('iam:GetGroup', `group ${GroupName}`),
      )
    }
    await assert.rejects(
      iam.send(new ListGroupsCommand({ PathPrefix: '/x/' })),
      denied('iam:ListGroups', 'arn:aws:iam::123456789012:group/x/'),
    )
    await assert.rejects(
      iam.send(new CreateGroupCommand({ GroupName: 'g', Path: '/x/' })),
      denied('iam:CreateGroup', 'arn:aws:iam::123456789012:group/x/g'),
    )
    await assert.rejects(
      iam.send(new UpdateGroupCommand({ GroupName: 'devs', NewGroupName: 'admins' })),
      denied('iam:UpdateGroup', 'group admins'),
      'a new name needs the permission too',
    )
  })
})
