// Users, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  ChangePasswordCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetUserCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { sql } from 'kysely'
import { sweep } from '../src/authentication/sweep.ts'
import { parseAccountId } from '../src/identifiers/account-id.ts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import type { Store } from '../src/store/store.ts'
import { enrol } from './authenticator.ts'
import { allow, newUser } from './people.ts'
import { newSigner } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

const create = (iam: IAMClient, UserName: string, Path?: string) =>
  iam.send(new CreateUserCommand({ UserName, Path }))

/** The tables in which a row says `text`, sorted. */
async function tablesThatHold({ db }: Store, text: string): Promise<readonly string[]> {
  const tables = await db.introspection.getTables()
  const held = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql`select * from ${sql.table(name)}`.execute(db)
      return JSON.stringify(rows).includes(text) ? [name] : []
    }),
  )
  return held.flat().toSorted()
}

onEveryEngine('Users', newDatabase => {
  test('a new user is answered with exactly the members that AWS answers with', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { User, $metadata } = await create(twinlock.iam(), 'Ana')
    assert.match(User?.UserId ?? '', /^AIDA[A-Z2-7]{17}$/)
    assert.deepEqual(User, {
      Path: '/',
      UserName: 'Ana',
      UserId: User?.UserId,
      Arn: 'arn:aws:iam::123456789012:user/Ana',
      CreateDate: twinlock.clock.now(),
    })
    assert.equal($metadata.httpStatusCode, 200)
  })

  test('GetUser shows path, tags and boundary, and ListUsers leaves tags and boundary out', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const made = await iam.send(
      new CreateUserCommand({
        UserName: 'ana',
        Path: '/team/',
        PermissionsBoundary: READ_ONLY,
        Tags: [
          { Key: 'team', Value: 'blue' },
          { Key: 'Cost', Value: '' },
        ],
      }),
    )
    const { User } = await iam.send(new GetUserCommand({ UserName: 'ana' }))
    assert.deepEqual(User, {
      Path: '/team/',
      UserName: 'ana',
      UserId: made.User?.UserId,
      Arn: 'arn:aws:iam::123456789012:user/team/ana',
      CreateDate: twinlock.clock.now(),
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: READ_ONLY },
      Tags: [
        { Key: 'Cost', Value: '' },
        { Key: 'team', Value: 'blue' },
      ],
    })

    const { Users, IsTruncated, Marker } = await iam.send(new ListUsersCommand({}))
    assert.deepEqual(Users, [
      {
        Path: '/team/',
        UserName: 'ana',
        UserId: made.User?.UserId,
        Arn: 'arn:aws:iam::123456789012:user/team/ana',
        CreateDate: twinlock.clock.now(),
      },
    ])
    assert.equal(IsTruncated, false)
    assert.equal(Marker, undefined)
  })

  test('names are unique ignoring case and keep their spelling', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await create(iam, 'Ana')
    await assert.rejects(create(iam, 'aNA'), {
      name: 'EntityAlreadyExistsException',
      message: 'User with name aNA already exists.',
    })
    const { User } = await iam.send(new GetUserCommand({ UserName: 'ANA' }))
    assert.equal(User?.UserName, 'Ana')
    await assert.rejects(iam.send(new GetUserCommand({ UserName: 'bob' })), {
      name: 'NoSuchEntityException',
      message: 'The user with name bob cannot be found.',
    })
  })

  test('a refused CreateUser leaves nothing behind', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const tags = ['a', 'A'].map(Key => ({ Key, Value: 'x' }))
    await assert.rejects(iam.send(new CreateUserCommand({ UserName: 'ana', Tags: tags })), {
      name: 'InvalidInputException',
      message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    })
    const PermissionsBoundary = 'arn:aws:iam::123456789012:policy/none'
    await assert.rejects(
      iam.send(new CreateUserCommand({ UserName: 'ana', PermissionsBoundary })),
      {
        name: 'NoSuchEntityException',
      },
    )
    const { Users } = await iam.send(new ListUsersCommand({}))
    assert.deepEqual(Users, [])
  })

  test('users are listed by name ignoring case, by path prefix, page by page', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await create(iam, 'carl', '/team/red/')
    await create(iam, 'Bea', '/team/blue/')
    await create(iam, 'ana', '/team/')
    await create(iam, 'dan', '/Team/')

    const names: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const page = await iam.send(
        new ListUsersCommand({ MaxItems: 2, PathPrefix: '/team', Marker }),
      )
      assert.equal(page.IsTruncated, page.Marker !== undefined)
      names.push(...(page.Users ?? []).map(user => user.UserName))
      Marker = page.Marker
    } while (Marker !== undefined)
    assert.deepEqual(names, ['ana', 'Bea', 'carl'])

    await assert.rejects(iam.send(new ListUsersCommand({ Marker: 'bea' })), {
      name: 'ValidationError',
      message: 'Invalid Marker.',
    })
  })

  test('a rename keeps the unique id and the access keys, and a path change moves the ARN', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const key = await newUser(twinlock, 'ana')
    const before = await iam.send(new GetUserCommand({ UserName: 'ana' }))
    const renaming = { UserName: 'ana', NewUserName: 'Anna', NewPath: '/team/' }
    await iam.send(new UpdateUserCommand(renaming))

    const { User } = await iam.send(new GetUserCommand({ UserName: 'anna' }))
    assert.equal(User?.UserId, before.User?.UserId)
    assert.equal(User?.Arn, 'arn:aws:iam::123456789012:user/team/Anna')
    const identity = await twinlock.sts(key).send(new GetCallerIdentityCommand({}))
    assert.equal(identity.Arn, 'arn:aws:iam::123456789012:user/team/Anna')
    await assert.rejects(iam.send(new GetUserCommand({ UserName: 'ana' })), {
      name: 'NoSuchEntityException',
    })
  })

  test('a user may take another spelling of its own name, but not the name of another', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await create(iam, 'ana')
    await create(iam, 'bea')
    await iam.send(new UpdateUserCommand({ UserName: 'ana', NewUserName: 'ANA' }))
    const { User } = await iam.send(new GetUserCommand({ UserName: 'ana' }))
    assert.equal(User?.UserName, 'ANA')
    await assert.rejects(iam.send(new UpdateUserCommand({ UserName: 'ana', NewUserName: 'Bea' })), {
      name: 'EntityAlreadyExistsException',
      message: 'User with name Bea already exists.',
    })
  })

  test('a rename needs permission on the user as it is called and as it will be called', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const Action = 'iam:UpdateUser'
    const Resource = 'arn:aws:iam::123456789012:user/team/*'
    const admin = twinlock.iam(
      await newUser(twinlock, 'admin', { Effect: 'Allow', Action, Resource }),
    )
    await create(twinlock.iam(), 'ana', '/team/')
    await admin.send(new UpdateUserCommand({ UserName: 'ana', NewUserName: 'anna' }))
    await assert.rejects(admin.send(new UpdateUserCommand({ UserName: 'anna', NewPath: '/' })), {
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/admin is not authorized to perform: iam:UpdateUser on resource: user anna because no identity-based policy allows the iam:UpdateUser action',
    })
  })

  test('a user is authorized by its stored ARN, however its name is spelled', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const Action = 'iam:GetUser'
    const Resource = 'arn:aws:iam::123456789012:user/team/ana'
    const reader = twinlock.iam(
      await newUser(twinlock, 'reader', { Effect: 'Allow', Action, Resource }),
    )
    await create(twinlock.iam(), 'ana', '/team/')
    assert.ok(await reader.send(new GetUserCommand({ UserName: 'ANA' })))
    await assert.rejects(reader.send(new GetUserCommand({ UserName: 'nobody' })), {
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/reader is not authorized to perform: iam:GetUser on resource: user nobody because no identity-based policy allows the iam:GetUser action',
    })
  })

  test('a user that is made with tags must also be taggable', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const maker = twinlock.iam(
      await newUser(
        twinlock,
        'maker',
        { Effect: 'Allow', Action: 'iam:CreateUser', Resource: '*' },
        {
          Effect: 'Allow',
          Action: 'iam:TagUser',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } },
        },
      ),
    )
    const tagged = (UserName: string, Value: string) =>
      maker.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'team', Value }] }))
    await tagged('ana', 'blue')
    await maker.send(new CreateUserCommand({ UserName: 'bea' }))
    await assert.rejects(tagged('carl', 'red'), {
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/maker is not authorized to perform: iam:TagUser on resource: arn:aws:iam::123456789012:user/carl because no identity-based policy allows the iam:TagUser action',
    })
  })

  test('a denied ListUsers names the path prefix that was asked for', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const nobody = twinlock.iam(await newUser(twinlock, 'nobody'))
    await assert.rejects(nobody.send(new ListUsersCommand({ PathPrefix: '/team/' })), {
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/nobody is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user/team/ because no identity-based policy allows the iam:ListUsers action',
    })
  })

  test('without a name GetUser is about the caller, and about the root user by its ARN alone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const Resource = 'arn:aws:iam::123456789012:user/${aws:username}'
    const ana = twinlock.iam(
      await newUser(twinlock, 'ana', { Effect: 'Allow', Action: 'iam:GetUser', Resource }),
    )
    const own = await ana.send(new GetUserCommand({}))
    assert.equal(own.User?.UserName, 'ana')
    const { User } = await twinlock.iam().send(new GetUserCommand({}))
    assert.deepEqual(User, {
      UserId: '123456789012',
      Arn: 'arn:aws:iam::123456789012:root',
      CreateDate: twinlock.clock.now(),
    })
  })

  test('tags are replaced ignoring the case of their keys, listed in pages, and removed', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const UserName = 'ana'
    await create(iam, UserName)
    const Tags = ['a', 'b', 'c'].map(Key => ({ Key, Value: '1' }))
    await iam.send(new TagUserCommand({ UserName, Tags }))
    await iam.send(new TagUserCommand({ UserName, Tags: [{ Key: 'B', Value: '2' }] }))

    const first = await iam.send(new ListUserTagsCommand({ UserName, MaxItems: 2 }))
    assert.deepEqual(first.Tags, [
      { Key: 'a', Value: '1' },
      { Key: 'B', Value: '2' },
    ])
    assert.equal(first.IsTruncated, true)
    const rest = await iam.send(new ListUserTagsCommand({ UserName, Marker: first.Marker }))
    assert.deepEqual(rest.Tags, [{ Key: 'c', Value: '1' }])

    await iam.send(new UntagUserCommand({ UserName, TagKeys: ['A', 'b', 'x'] }))
    const left = await iam.send(new ListUserTagsCommand({ UserName }))
    assert.deepEqual(left.Tags, [{ Key: 'c', Value: '1' }])
    const { User } = await iam.send(new GetUserCommand({ UserName }))
    assert.deepEqual(User?.Tags, [{ Key: 'c', Value: '1' }])
  })

  test('a user has at most fifty tags', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const UserName = 'ana'
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }))
    await iam.send(new CreateUserCommand({ UserName, Tags }))
    await iam.send(new TagUserCommand({ UserName, Tags: [{ Key: 'K0', Value: 'again' }] }))
    await assert.rejects(
      iam.send(new TagUserCommand({ UserName, Tags: [{ Key: 'k50', Value: '' }] })),
      {
        name: 'LimitExceededException',
        message: 'The number of tags has reached the maximum limit.',
      },
    )
  })

  test('a user goes only when its keys, password, groups, policies and MFA devices are gone, and is told what is in the way', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const UserName = 'ana'
    await iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'a', Value: '' }] }))
    const phone = await enrol(iam, twinlock.clock, UserName, 'phone')
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    await iam.send(new CreateLoginProfileCommand({ UserName, Password: 'Correct-horse1' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'team' }))
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName: 'team' }))
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: READ_ONLY }))
    const PolicyDocument =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'all', PolicyDocument }))

    const refused = (remedy: string) =>
      assert.rejects(iam.send(new DeleteUserCommand({ UserName })), {
        name: 'DeleteConflictException',
        message: `Cannot delete entity, ${remedy} first.`,
      })
    await refused('must delete access keys')
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }))
    await refused('must delete login profile')
    await iam.send(new DeleteLoginProfileCommand({ UserName }))
    await refused('must remove users from group')
    await iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName: 'team' }))
    await refused('must detach all policies')
    await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: READ_ONLY }))
    await refused('must delete policies')
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'all' }))
    await refused('must remove tokens from principal')
    const { SerialNumber } = phone
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }))
    await iam.send(new DeleteUserCommand({ UserName }))
    await assert.rejects(iam.send(new DeleteUserCommand({ UserName })), {
      name: 'NoSuchEntityException',
      message: 'The user with name ana cannot be found.',
    })
  })

  test('of a deleted user no table keeps anything for long, but the audit what it did', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    const UserName = 'ana'
    const ana = await newSigner(twinlock, UserName, allow('iam:ChangePassword'))
    const wrong = { OldPassword: 'wrong-Horse-1', NewPassword: 'other-Horse-7' }
    await assert.rejects(twinlock.iam(ana).send(new ChangePasswordCommand(wrong)))
    const iam = twinlock.iam()
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }))
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: ana.accessKeyId }))
    await iam.send(new DeleteLoginProfileCommand({ UserName }))
    await iam.send(new DeleteUserCommand({ UserName }))
    await twinlock.flush()
    await using store = await openStore(database)
    twinlock.clock.advance(86_400)
    await sweep(store, parseAccountId(twinlock.account), twinlock.clock.now())
    assert.deepEqual(await tablesThatHold(store, ana.UserId), ['auditEvent'])
  })

  test('a user made again under an old name is another one, without the tags of the first', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const UserName = 'ana'
    const Tags = [{ Key: 'team', Value: 'blue' }]
    const first = await iam.send(new CreateUserCommand({ UserName, Tags }))
    await iam.send(new DeleteUserCommand({ UserName }))
    await create(iam, UserName)
    const { User } = await iam.send(new GetUserCommand({ UserName }))
    assert.notEqual(User?.UserId, first.User?.UserId)
    assert.equal(User?.Tags, undefined)
  })

  test('of two that make the same user at once, one is told that it exists', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, () => create(iam, 'ana').then(({ User }) => User?.UserId)),
    )
    const refusals = answers.filter(answer => answer.status === 'rejected')
    assert.equal(refusals.length, 5)
    for (const { reason } of refusals) {
      assert.equal((reason as Error).name, 'EntityAlreadyExistsException')
    }
  })

  test('who may only make users with a boundary makes none without it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const Condition = { StringEquals: { 'iam:PermissionsBoundary': READ_ONLY } }
    const maker = twinlock.iam(
      await newUser(twinlock, 'maker', allow('iam:CreateUser', { Condition })),
    )
    const bounded = { UserName: 'ana', PermissionsBoundary: READ_ONLY }
    await maker.send(new CreateUserCommand(bounded))
    await assert.rejects(create(maker, 'bea'), {
      name: 'AccessDenied',
      message:
        'User: arn:aws:iam::123456789012:user/maker is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/bea because no identity-based policy allows the iam:CreateUser action',
    })
  })

  test("a user's tags decide who may delete it", async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const Condition = { StringEquals: { 'iam:ResourceTag/team': 'blue' } }
    const leader = twinlock.iam(
      await newUser(twinlock, 'leader', allow('iam:DeleteUser', { Condition })),
    )
    for (const [UserName, Value] of [
      ['ana', 'blue'],
      ['bea', 'red'],
    ] as const) {
      await iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'Team', Value }] }))
    }
    await leader.send(new DeleteUserCommand({ UserName: 'ana' }))
    await assert.rejects(leader.send(new DeleteUserCommand({ UserName: 'bea' })), {
      name: 'AccessDenied',
    })
  })

  test('an account has at most 5000 users', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await using store = await openStore(database)
    for (let first = 0; first < 5000; first += 500) {
      const users = Array.from({ length: 500 }, (_, index) => ({
        accountId: twinlock.account,
        userId: `AIDA${first + index}`,
        userName: `user-${first + index}`,
        userNameKey: `user-${first + index}`,
        path: '/',
        createDate: 0,
      }))
      await store.db.insertInto('user').values(users).execute()
    }
    await assert.rejects(create(twinlock.iam(), 'ana'), {
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for UsersPerAccount: 5000',
    })
  })
})
