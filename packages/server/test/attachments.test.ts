// Attachments of managed policies, and which policies are used, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPermissionsBoundaryCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import {
  ACCOUNT,
  createPolicy,
  FOREIGN,
  LIST_BUCKETS,
  MISSING,
  namesOf,
  notAttachable,
  notFound,
  READ_ONLY,
} from './managed-policies.ts'
import { allow, newRole, newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

onEveryEngine('Attachments', newDatabase => {
  // As captured from AWS on 12 September 2026, with these four policies.
  test('lists of used policies tell permissions policies and boundaries apart', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await createPolicy(iam, 'unused')
    const attached = await createPolicy(iam, 'attached')
    const boundary = await createPolicy(iam, 'boundary')
    const both = await createPolicy(iam, 'both')
    await iam.send(new CreateUserCommand({ UserName: 'u' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'g' }))
    await newRole(twinlock, { RoleName: 'r', AssumeRolePolicyDocument: policy(trust(ACCOUNT)) })
    await iam.send(new AttachUserPolicyCommand({ UserName: 'u', PolicyArn: attached }))
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'g', PolicyArn: attached }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn: attached }))
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'g', PolicyArn: both }))
    await iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: 'u', PermissionsBoundary: boundary }),
    )
    await iam.send(
      new PutRolePermissionsBoundaryCommand({ RoleName: 'r', PermissionsBoundary: both }),
    )

    const list = async (OnlyAttached?: boolean, PolicyUsageFilter?: Usage) => {
      const { Policies } = await iam.send(
        new ListPoliciesCommand({
          Scope: 'Local',
          ...(OnlyAttached !== undefined && { OnlyAttached }),
          ...(PolicyUsageFilter && { PolicyUsageFilter }),
        }),
      )
      return namesOf(Policies)
    }
    const all = ['attached', 'both', 'boundary', 'unused']
    for (const usage of [undefined, 'PermissionsPolicy', 'PermissionsBoundary'] as const) {
      assert.deepEqual(await list(undefined, usage), all)
      assert.deepEqual(await list(false, usage), all)
    }
    assert.deepEqual(await list(true), ['attached', 'both', 'boundary'])
    assert.deepEqual(await list(true, 'PermissionsPolicy'), ['attached', 'both'])
    assert.deepEqual(await list(true, 'PermissionsBoundary'), ['both', 'boundary'])

    const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))
    assert.deepEqual(
      Policies.map(each => [
        each.PolicyName,
        each.AttachmentCount,
        each.PermissionsBoundaryUsageCount,
      ]),
      [
        ['attached', 3, 0],
        ['both', 1, 1],
        ['boundary', 0, 1],
        ['unused', 0, 0],
      ],
    )

    await iam.send(new AttachUserPolicyCommand({ UserName: 'u', PolicyArn: READ_ONLY }))
    const used = await iam.send(new ListPoliciesCommand({ OnlyAttached: true }))
    assert.deepEqual(namesOf(used.Policies), ['attached', 'both', 'boundary', 'ReadOnlyAccess'])
    const { Policy: readOnly } = await iam.send(new GetPolicyCommand({ PolicyArn: READ_ONLY }))
    assert.equal(readOnly?.AttachmentCount, 1)

    const entities = async (
      PolicyArn: string,
      PolicyUsageFilter?: Usage,
      EntityFilter?: 'User' | 'Group' | 'Role' | 'LocalManagedPolicy' | 'AWSManagedPolicy',
    ) => {
      const { PolicyUsers, PolicyGroups, PolicyRoles, IsTruncated } = await iam.send(
        new ListEntitiesForPolicyCommand({
          PolicyArn,
          ...(PolicyUsageFilter && { PolicyUsageFilter }),
          ...(EntityFilter && { EntityFilter }),
        }),
      )
      assert.equal(IsTruncated, false)
      return [PolicyUsers?.length, PolicyGroups?.length, PolicyRoles?.length]
    }
    assert.deepEqual(await entities(attached), [1, 1, 1])
    assert.deepEqual(await entities(attached, 'PermissionsPolicy'), [1, 1, 1])
    assert.deepEqual(await entities(attached, 'PermissionsBoundary'), [0, 0, 0])
    assert.deepEqual(await entities(boundary), [1, 0, 0])
    assert.deepEqual(await entities(boundary, 'PermissionsPolicy'), [0, 0, 0])
    assert.deepEqual(await entities(boundary, 'PermissionsBoundary'), [1, 0, 0])
    assert.deepEqual(await entities(both), [0, 1, 1])
    assert.deepEqual(await entities(both, 'PermissionsPolicy'), [0, 1, 0])
    assert.deepEqual(await entities(both, 'PermissionsBoundary'), [0, 0, 1])
    assert.deepEqual(await entities(both, undefined, 'User'), [0, 0, 0])
    assert.deepEqual(await entities(both, undefined, 'Group'), [0, 1, 0])
    assert.deepEqual(await entities(both, 'PermissionsPolicy', 'Role'), [0, 0, 0])
    assert.deepEqual(await entities(both, undefined, 'LocalManagedPolicy'), [0, 0, 0])
    assert.deepEqual(await entities(both, undefined, 'AWSManagedPolicy'), [0, 0, 0])
  })

  test('the entities of a policy are named with their ids, paged, and chosen by path', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const PolicyArn = await createPolicy(iam, 'p')
    const ids: Record<string, string | undefined> = {}
    for (const [UserName, Path] of [
      ['u1', '/'],
      ['u2', '/x/'],
    ] as const) {
      const { User } = await iam.send(new CreateUserCommand({ UserName, Path }))
      ids[UserName] = User?.UserId
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }))
    }
    const { Group } = await iam.send(new CreateGroupCommand({ GroupName: 'g', Path: '/x/' }))
    await iam.send(new AttachGroupPolicyCommand({ GroupName: 'g', PolicyArn }))

    const { $metadata, ...under } = await iam.send(
      new ListEntitiesForPolicyCommand({ PolicyArn, PathPrefix: '/x/' }),
    )
    assert.equal($metadata.httpStatusCode, 200)
    assert.deepEqual(under, {
      PolicyGroups: [{ GroupName: 'g', GroupId: Group?.GroupId }],
      PolicyUsers: [{ UserName: 'u2', UserId: ids['u2'] }],
      PolicyRoles: [],
      IsTruncated: false,
    })

    const names: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const page = await iam.send(
        new ListEntitiesForPolicyCommand({
          PolicyArn,
          MaxItems: 1,
          ...(Marker !== undefined && { Marker }),
        }),
      )
      names.push(...(page.PolicyGroups ?? []).map(each => each.GroupName))
      names.push(...(page.PolicyUsers ?? []).map(each => each.UserName))
      Marker = page.Marker
    } while (Marker !== undefined)
    assert.equal(names.length, 3)
    assert.deepEqual(new Set(names), new Set(['g', 'u1', 'u2']))
    await assert.rejects(
      iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: MISSING })),
      notAttachable(MISSING),
    )
  })

  test('attached policies are listed by name, and chosen by path', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const own = await createPolicy(iam, 'ReadOnlyAccess', LIST_BUCKETS, { Path: '/ours/' })
    const viewOnly = 'arn:aws:iam::aws:policy/job-function/ViewOnlyAccess'
    for (const PolicyArn of [viewOnly, READ_ONLY, own, own]) {
      await iam.send(new AttachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
    }
    const all = [
      { PolicyName: 'ReadOnlyAccess', PolicyArn: own },
      { PolicyName: 'ReadOnlyAccess', PolicyArn: READ_ONLY },
      { PolicyName: 'ViewOnlyAccess', PolicyArn: viewOnly },
    ]
    const list = (more: {
      readonly MaxItems?: number
      readonly Marker?: string
      readonly PathPrefix?: string
    }) => iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'ana', ...more }))
    const whole = await list({})
    assert.deepEqual(whole.AttachedPolicies, all)
    assert.equal(whole.IsTruncated, false)
    const first = await list({ MaxItems: 2 })
    assert.deepEqual(first.AttachedPolicies, all.slice(0, 2))
    const rest = await list({ Marker: first.Marker ?? '' })
    assert.deepEqual(rest.AttachedPolicies, all.slice(2))
    const ours = await list({ PathPrefix: '/ours/' })
    assert.deepEqual(ours.AttachedPolicies, all.slice(0, 1))
  })

  test('what cannot be attached or detached is told for users, groups and roles alike', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'x' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'x' }))
    await newRole(twinlock, { RoleName: 'x', AssumeRolePolicyDocument: policy(trust(ACCOUNT)) })
    const own = await createPolicy(iam, 'p')

    for (const { kind, attach, detach, list } of identities(iam)) {
      for (const arn of [MISSING, FOREIGN, 'arn:aws:iam::aws:policy/NoSuchAccess']) {
        await assert.rejects(attach('x', arn), notAttachable(arn))
        await assert.rejects(detach('x', arn), notFound(arn))
      }
      for (const change of [attach, detach]) {
        await assert.rejects(change('x', 'longpolicynamebutnoarn'), {
          name: 'ValidationError',
          message: 'ARN longpolicynamebutnoarn is not valid.',
        })
        const user = `arn:aws:iam::${ACCOUNT}:user/somebody`
        await assert.rejects(change('x', user), {
          name: 'InvalidInputException',
          message: `ARN ${user} is not valid.`,
        })
      }
      await assert.rejects(detach('x', own), notFound(own))
      const nobody = {
        name: 'NoSuchEntityException',
        message: `The ${kind} with name nobody cannot be found.`,
      }
      await assert.rejects(attach('nobody', own), nobody)
      await assert.rejects(detach('nobody', own), nobody)
      await assert.rejects(list('nobody'), nobody)

      await attach('X', own)
      assert.deepEqual((await list('x')).AttachedPolicies, [{ PolicyName: 'p', PolicyArn: own }])
      await detach('x', own)
      assert.deepEqual((await list('x')).AttachedPolicies, [])
    }
  })

  test('ten managed policies speak for one identity at most', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'x' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'x' }))
    await newRole(twinlock, { RoleName: 'x', AssumeRolePolicyDocument: policy(trust(ACCOUNT)) })
    const arns: string[] = []
    for (let made = 0; made < 10; made++) arns.push(await createPolicy(iam, `p${made}`))
    for (const { kind, attach } of identities(iam)) {
      for (const arn of arns) await attach('x', arn)
      const quota = `PoliciesPer${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
      await assert.rejects(attach('x', READ_ONLY), {
        name: 'LimitExceededException',
        message: `Cannot exceed quota for ${quota}: 10`,
      })
      await attach('x', arns[0] ?? '')
    }
  })

  test('iam:PolicyARN and iam:PermissionsBoundary limit what an administrator may hand out', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const root = twinlock.iam()
    const limit = await createPolicy(root, 'limit', policy(allow('s3:*')))
    const deputy = await newUser(
      twinlock,
      'deputy',
      allow(['iam:AttachUserPolicy', 'iam:DetachUserPolicy'], {
        Condition: { ArnEquals: { 'iam:PolicyARN': READ_ONLY, 'iam:PermissionsBoundary': limit } },
      }),
      allow('iam:PutUserPermissionsBoundary', {
        Condition: { ArnEquals: { 'iam:PermissionsBoundary': limit } },
      }),
    )
    const iam = twinlock.iam(deputy)
    await root.send(new CreateUserCommand({ UserName: 'ana' }))
    const attach = (PolicyArn: string) =>
      iam.send(new AttachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
    const bound = (PermissionsBoundary: string) =>
      iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'ana', PermissionsBoundary }))

    await assert.rejects(attach(READ_ONLY), { name: 'AccessDenied' }, 'ana has no boundary yet')
    await assert.rejects(bound(READ_ONLY), { name: 'AccessDenied' })
    await bound(limit)
    await attach(READ_ONLY)
    await assert.rejects(attach('arn:aws:iam::aws:policy/AdministratorAccess'), {
      name: 'AccessDenied',
    })
    await assert.rejects(iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ana' })), {
      name: 'AccessDenied',
    })
    await iam.send(new DetachUserPolicyCommand({ UserName: 'ana', PolicyArn: READ_ONLY }))
  })
})

type Usage = 'PermissionsPolicy' | 'PermissionsBoundary'

/** The operations on attachments, of each kind of identity. */
const identities = (iam: IAMClient) => [
  {
    kind: 'user',
    attach: (UserName: string, PolicyArn: string) =>
      iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
    detach: (UserName: string, PolicyArn: string) =>
      iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
    list: (UserName: string) => iam.send(new ListAttachedUserPoliciesCommand({ UserName })),
  },
  {
    kind: 'group',
    attach: (GroupName: string, PolicyArn: string) =>
      iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    detach: (GroupName: string, PolicyArn: string) =>
      iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
    list: (GroupName: string) => iam.send(new ListAttachedGroupPoliciesCommand({ GroupName })),
  },
  {
    kind: 'role',
    attach: (RoleName: string, PolicyArn: string) =>
      iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
    detach: (RoleName: string, PolicyArn: string) =>
      iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
    list: (RoleName: string) => iam.send(new ListAttachedRolePoliciesCommand({ RoleName })),
  },
]
