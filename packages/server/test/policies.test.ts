// Managed policies, their versions, attachments and use as permissions boundaries, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IAMClient, Policy } from '@aws-sdk/client-iam'
import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { allow, deny, newRole, newUser, policy, trust } from './people.ts'
import { startTwinlock } from './twinlock.ts'

const ACCOUNT = '123456789012'
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const FOREIGN = 'arn:aws:iam::999999999999:policy/theirs'
const MISSING = `arn:aws:iam::${ACCOUNT}:policy/none`

const LIST_BUCKETS = policy(allow('s3:ListAllMyBuckets'))

async function createPolicy(
  iam: IAMClient,
  PolicyName: string,
  PolicyDocument = LIST_BUCKETS,
  more: { readonly Path?: string; readonly Description?: string } = {},
): Promise<string> {
  const { Policy: made } = await iam.send(
    new CreatePolicyCommand({ PolicyName, PolicyDocument, ...more }),
  )
  assert.ok(made?.Arn)
  return made.Arn
}

const namesOf = (policies: readonly Policy[] | undefined) =>
  policies?.map(({ PolicyName }) => PolicyName)

const notAttachable = (arn: string) => ({
  name: 'NoSuchEntityException',
  message: `Policy ${arn} does not exist or is not attachable.`,
})

const notFound = (arn: string) => ({
  name: 'NoSuchEntityException',
  message: `Policy ${arn} was not found.`,
})

onEveryEngine('Managed policies', newDatabase => {
  test('a new policy answers with its identity; GetPolicy adds description and tags', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { Policy: made } = await iam.send(
      new CreatePolicyCommand({
        PolicyName: 'Buckets',
        Path: '/team/',
        PolicyDocument: LIST_BUCKETS,
        Description: 'what there is',
      }),
    )
    assert.match(made?.PolicyId ?? '', /^ANPA[A-Z2-7]{17}$/)
    assert.deepEqual(made, {
      PolicyName: 'Buckets',
      PolicyId: made?.PolicyId,
      Arn: `arn:aws:iam::${ACCOUNT}:policy/team/Buckets`,
      Path: '/team/',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: twinlock.clock.now(),
      UpdateDate: twinlock.clock.now(),
    })
    const { Policy: found } = await iam.send(new GetPolicyCommand({ PolicyArn: made?.Arn }))
    assert.deepEqual(found, { ...made, Description: 'what there is', Tags: [] })
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))
    assert.deepEqual(Policies, [made])
  })

  test('names are unique ignoring case, also across paths', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await createPolicy(iam, 'Buckets')
    await assert.rejects(createPolicy(iam, 'BUCKETS', LIST_BUCKETS, { Path: '/x/' }), {
      name: 'EntityAlreadyExistsException',
      message: 'A policy called BUCKETS already exists. Duplicate names are not allowed.',
    })
  })

  test('a document that AWS refuses is refused in its words, and one that is too long', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const malformed = (message: string) => ({ name: 'MalformedPolicyDocumentException', message })
    await assert.rejects(createPolicy(iam, 'p', '{'), malformed('Syntax errors in policy.'))
    await assert.rejects(
      createPolicy(iam, 'p', JSON.stringify({ Statement: [allow('s3:*')] })),
      malformed('Policy document must be version 2012-10-17 or greater.'),
    )
    await assert.rejects(
      createPolicy(iam, 'p', policy(allow('everything'))),
      malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'),
    )

    const ofSize = (size: number) => {
      const shortest = policy(allow('s3:', { Sid: 'x' })).length
      return policy(allow(`s3:${'a'.repeat(size - shortest)}`, { Sid: 'x' }))
    }
    await assert.rejects(createPolicy(iam, 'p', ofSize(6145)), {
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PolicySize: 6144',
    })
    const PolicyArn = await createPolicy(iam, 'p', ofSize(6144).replaceAll(',', ',\n\t  '))
    await assert.rejects(
      iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: ofSize(6145) })),
      { message: 'Cannot exceed quota for PolicySize: 6144' },
    )
    await assert.rejects(
      iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: '[]' })),
      malformed('Syntax errors in policy.'),
    )
  })

  test('a document is answered as it was given, percent-encoded', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const text = `{ "Version": "2012-10-17",\n "Statement": ${JSON.stringify([
      allow('s3:*', { Resource: "arn:aws:s3:::it's(a)!~bücket/*" }),
    ])} }`
    const PolicyArn = await createPolicy(iam, 'p', text)
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }),
    )
    assert.match(PolicyVersion?.Document ?? '', /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/)
    assert.equal(decodeURIComponent(PolicyVersion?.Document ?? ''), text)
  })

  test('versions are numbered on, listed newest first, and five at most', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { clock } = twinlock
    const iam = twinlock.iam()
    const PolicyArn = await createPolicy(iam, 'p')
    const first = clock.now()
    const add = (SetAsDefault?: boolean) =>
      iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn,
          PolicyDocument: policy(allow('iam:ListUsers')),
          ...(SetAsDefault !== undefined && { SetAsDefault }),
        }),
      )
    const list = async () => {
      const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }))
      return Versions?.map(each => `${each.VersionId}${each.IsDefaultVersion ? ' default' : ''}`)
    }

    clock.advance(60)
    const { PolicyVersion } = await add(true)
    assert.deepEqual(PolicyVersion, {
      VersionId: 'v2',
      IsDefaultVersion: true,
      CreateDate: clock.now(),
    })
    const { Policy: updated } = await iam.send(new GetPolicyCommand({ PolicyArn }))
    assert.equal(updated?.DefaultVersionId, 'v2')
    assert.deepEqual([updated?.CreateDate, updated?.UpdateDate], [first, clock.now()])

    for (let version = 3; version <= 5; version++) await add()
    assert.deepEqual(await list(), ['v5', 'v4', 'v3', 'v2 default', 'v1'])
    await assert.rejects(add(), {
      name: 'LimitExceededException',
      message:
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    })

    await assert.rejects(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' })), {
      name: 'DeleteConflictException',
      message: 'Cannot delete the default version of a policy.',
    })
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
    await add()
    assert.deepEqual(await list(), ['v6', 'v4', 'v3', 'v2 default', 'v1'])
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    assert.deepEqual(await list(), ['v6', 'v4', 'v3', 'v2', 'v1 default'])

    const page = await iam.send(new ListPolicyVersionsCommand({ PolicyArn, MaxItems: 3 }))
    const rest = await iam.send(new ListPolicyVersionsCommand({ PolicyArn, Marker: page.Marker }))
    assert.deepEqual(
      [...(page.Versions ?? []), ...(rest.Versions ?? [])].map(each => each.VersionId),
      ['v6', 'v4', 'v3', 'v2', 'v1'],
    )
    assert.equal(rest.IsTruncated, false)

    const onVersion = {
      get: (version: Version) => iam.send(new GetPolicyVersionCommand(version)),
      setDefault: (version: Version) => iam.send(new SetDefaultPolicyVersionCommand(version)),
      remove: (version: Version) => iam.send(new DeletePolicyVersionCommand(version)),
    }
    for (const [what, arn, VersionId] of [
      ['get', PolicyArn, 'v99999999999'],
      ['setDefault', PolicyArn, 'v5'],
      ['remove', PolicyArn, 'v1.5'],
      ['get', MISSING, 'v1'],
      ['setDefault', MISSING, 'v1'],
      ['remove', MISSING, 'v1'],
    ] as const) {
      await assert.rejects(onVersion[what]({ PolicyArn: arn, VersionId }), {
        name: 'NoSuchEntityException',
        message: `Policy ${arn} version ${VersionId} does not exist or is not attachable.`,
      })
    }
  })

  test('the default version is the one that speaks, from the moment it is set', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana')
    const asAna = twinlock.iam(ana)
    const PolicyArn = await createPolicy(iam, 'p')
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy(allow('iam:ListUsers')) }),
    )
    await assert.rejects(asAna.send(new ListUsersCommand({})), { name: 'AccessDenied' })
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
    await asAna.send(new ListUsersCommand({}))
    await iam.send(new DetachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
    await assert.rejects(asAna.send(new ListUsersCommand({})), { name: 'AccessDenied' })
  })

  test('a policy goes when nobody uses it and only its default version is left', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ana' }))
    const PolicyArn = await createPolicy(iam, 'p')
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'k', Value: 'v' }] }))
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: LIST_BUCKETS }))
    const refused = (message: string) =>
      assert.rejects(iam.send(new DeletePolicyCommand({ PolicyArn })), {
        name: 'DeleteConflictException',
        message,
      })

    const used = 'Cannot delete a policy attached to entities.'
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
    await refused(used)
    await iam.send(new DetachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
    const boundary = { UserName: 'ana', PermissionsBoundary: PolicyArn }
    await iam.send(new PutUserPermissionsBoundaryCommand(boundary))
    await refused(used)
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ana' }))
    await refused(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    )
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
    await iam.send(new DeletePolicyCommand({ PolicyArn }))
    await assert.rejects(iam.send(new GetPolicyCommand({ PolicyArn })), notFound(PolicyArn))
    await assert.rejects(iam.send(new DeletePolicyCommand({ PolicyArn })), notFound(PolicyArn))

    await createPolicy(iam, 'p')
    const { Tags } = await iam.send(new ListPolicyTagsCommand({ PolicyArn }))
    assert.deepEqual(Tags, [], 'a later policy of the same name inherits nothing')
  })

  test('tags of policies compare keys exactly', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const tags = [
      { Key: 'team', Value: 'a' },
      { Key: 'Team', Value: '' },
    ]
    const { Policy: made } = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: LIST_BUCKETS, Tags: tags }),
    )
    assert.deepEqual(made?.Tags, tags)
    const PolicyArn = made?.Arn
    const { Policy: found } = await iam.send(new GetPolicyCommand({ PolicyArn }))
    assert.deepEqual(found?.Tags, tags.toReversed())

    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'team', Value: 'b' }] }))
    await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ['Team', 'TEAM'] }))
    const list = await iam.send(new ListPolicyTagsCommand({ PolicyArn }))
    assert.deepEqual(list.Tags, [{ Key: 'team', Value: 'b' }])
    assert.equal(list.IsTruncated, false)

    const twice = [tags[0], tags[0]].flatMap(tag => (tag ? [tag] : []))
    await assert.rejects(iam.send(new TagPolicyCommand({ PolicyArn, Tags: twice })), {
      name: 'InvalidInputException',
      message: 'Duplicate tag keys found.',
    })
    for (const ask of [
      () => iam.send(new TagPolicyCommand({ PolicyArn: MISSING, Tags: tags })),
      () => iam.send(new UntagPolicyCommand({ PolicyArn: MISSING, TagKeys: ['k'] })),
      () => iam.send(new ListPolicyTagsCommand({ PolicyArn: MISSING })),
    ]) {
      await assert.rejects(ask, notFound(MISSING))
    }
  })

  test('a second tag of the same key in another case hides nothing from a condition', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const tagged = (value: string) => ({
      Condition: { StringEquals: { 'aws:ResourceTag/guard': value } },
    })
    const ana = await newUser(
      twinlock,
      'ana',
      allow(['iam:TagPolicy', 'iam:DeletePolicy']),
      allow('iam:GetPolicy', tagged('on')),
      deny('iam:DeletePolicy', tagged('on')),
    )
    for (const spellings of [['guard'], ['guard', 'Guard'], ['Guard', 'GUARD', 'guard']]) {
      const [Key, ...others] = spellings
      const { Policy: made } = await iam.send(
        new CreatePolicyCommand({
          PolicyName: spellings.join('-'),
          PolicyDocument: policy(allow('s3:*')),
          Tags: [{ Key, Value: 'on' }],
        }),
      )
      const PolicyArn = made?.Arn
      const get = () => twinlock.iam(ana).send(new GetPolicyCommand({ PolicyArn }))
      await get()
      const Tags = others.map(other => ({ Key: other, Value: 'off' }))
      await twinlock.iam(ana).send(new TagPolicyCommand({ PolicyArn, Tags }))
      await assert.rejects(twinlock.iam(ana).send(new DeletePolicyCommand({ PolicyArn })), {
        name: 'AccessDenied',
        message: /explicit deny/,
      })
      if (others.length > 0) await assert.rejects(get(), { name: 'AccessDenied' })
    }
  })

  test("lists show the account's policies by name, then AWS's, page by page", async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    for (const name of ['b', 'A', 'zz']) await createPolicy(iam, name)
    await createPolicy(iam, 'c', LIST_BUCKETS, { Path: '/team/' })

    const shown: (string | undefined)[] = []
    let Marker: string | undefined
    do {
      const page = await iam.send(
        new ListPoliciesCommand({ MaxItems: 3, ...(Marker !== undefined && { Marker }) }),
      )
      assert.ok(page.Policies && page.Policies.length <= 3)
      shown.push(...(namesOf(page.Policies) ?? []))
      Marker = page.Marker
      assert.equal(page.IsTruncated, Marker !== undefined)
    } while (Marker !== undefined)
    assert.deepEqual(shown, [
      'A',
      'b',
      'c',
      'zz',
      'AdministratorAccess',
      'IAMFullAccess',
      'IAMReadOnlyAccess',
      'IAMUserChangePassword',
      'PowerUserAccess',
      'ReadOnlyAccess',
      'SecurityAudit',
      'ViewOnlyAccess',
    ])

    const aws = await iam.send(
      new ListPoliciesCommand({ Scope: 'AWS', PathPrefix: '/job-function/' }),
    )
    assert.deepEqual(namesOf(aws.Policies), ['ViewOnlyAccess'])
    const team = await iam.send(new ListPoliciesCommand({ PathPrefix: '/team/' }))
    assert.deepEqual(namesOf(team.Policies), ['c'])
  })

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
          message: 'Invalid ARN:  Could not be parsed!',
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

  test('an account has fifteen hundred policies of its own at most', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await using store = await openStore(database)
    const policies = Array.from({ length: 1499 }, (_, index) => ({
      accountId: twinlock.account,
      policyId: `ANPA${index}`,
      policyName: `p${index}`,
      policyNameKey: `p${index}`,
      path: '/',
      arn: `arn:aws:iam::${ACCOUNT}:policy/p${index}`,
      description: null,
      defaultVersion: 1,
      latestVersion: 1,
      createDate: 0,
      updateDate: 0,
    }))
    await store.db.insertInto('policy').values(policies).execute()
    const iam = twinlock.iam()
    await createPolicy(iam, 'the-last')
    await assert.rejects(createPolicy(iam, 'one-more'), {
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for PoliciesPerAccount: 1500',
    })
  })

  test("AWS's policies are read like the account's own, and nobody changes them", async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const { Policy: found } = await iam.send(new GetPolicyCommand({ PolicyArn: READ_ONLY }))
    assert.equal(found?.PolicyId, 'ANPAILL3HVNFSB6DCOWYQ')
    assert.equal(found?.DefaultVersionId, 'v1')
    assert.deepEqual(found?.Tags, [])
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: READ_ONLY }))
    assert.deepEqual(
      Versions?.map(each => [each.VersionId, each.IsDefaultVersion]),
      [['v1', true]],
    )
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: READ_ONLY, VersionId: 'v1' }),
    )
    assert.equal(
      JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')).Version,
      '2012-10-17',
    )

    for (const PolicyArn of [READ_ONLY, FOREIGN]) {
      const refused = (what: string) => ({
        name: 'AccessDenied',
        message: `Cannot ${what} outside your own account.`,
      })
      const version = { PolicyArn, VersionId: 'v1' }
      await assert.rejects(
        iam.send(new DeletePolicyCommand({ PolicyArn })),
        refused('delete policies'),
      )
      await assert.rejects(
        iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: LIST_BUCKETS })),
        refused('create versions for policies'),
      )
      await assert.rejects(
        iam.send(new SetDefaultPolicyVersionCommand(version)),
        refused('update policies'),
      )
      await assert.rejects(
        iam.send(new DeletePolicyVersionCommand(version)),
        refused('delete policy versions for policies'),
      )
      await assert.rejects(
        iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'k', Value: 'v' }] })),
        refused('tag policies'),
      )
    }
  })

  test("another account's policies cannot be read, not even by root; what is no ARN cannot be parsed", async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const asks = {
      GetPolicy: (PolicyArn: string) => iam.send(new GetPolicyCommand({ PolicyArn })),
      GetPolicyVersion: (PolicyArn: string) =>
        iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' })),
      ListPolicyVersions: (PolicyArn: string) =>
        iam.send(new ListPolicyVersionsCommand({ PolicyArn })),
      ListPolicyTags: (PolicyArn: string) => iam.send(new ListPolicyTagsCommand({ PolicyArn })),
      ListEntitiesForPolicy: (PolicyArn: string) =>
        iam.send(new ListEntitiesForPolicyCommand({ PolicyArn })),
    }
    for (const [action, ask] of Object.entries(asks)) {
      await assert.rejects(ask(FOREIGN), {
        name: 'AccessDenied',
        message: `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: iam:${action} on resource: policy ${FOREIGN} because no resource-based policy allows the iam:${action} action`,
      })
      await assert.rejects(ask('a name, and not an ARN'), {
        name: 'ValidationError',
        message: 'Invalid ARN:  Could not be parsed!',
      })
    }
  })

  test('who may not is told so, whether or not the policy exists', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const own = await createPolicy(twinlock.iam(), 'p')
    const mallory = await newUser(twinlock, 'mallory')
    const iam = twinlock.iam(mallory)
    const denied = (action: string, resource: string) => ({
      name: 'AccessDenied',
      message: `User: ${mallory.Arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    })
    for (const PolicyArn of [own, MISSING, READ_ONLY]) {
      await assert.rejects(
        iam.send(new GetPolicyCommand({ PolicyArn })),
        denied('iam:GetPolicy', `policy ${PolicyArn}`),
      )
      await assert.rejects(
        iam.send(new DeletePolicyCommand({ PolicyArn })),
        denied('iam:DeletePolicy', `policy ${PolicyArn}`),
      )
    }
    await assert.rejects(createPolicy(iam, 'q'), denied('iam:CreatePolicy', 'policy q'))
    await assert.rejects(
      iam.send(new ListPoliciesCommand({ PathPrefix: '/x/' })),
      denied('iam:ListPolicies', 'policy path /x/'),
    )
    await assert.rejects(
      iam.send(new AttachUserPolicyCommand({ UserName: 'mallory', PolicyArn: READ_ONLY })),
      denied('iam:AttachUserPolicy', 'user mallory'),
    )
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

  test('iam:PermissionsBoundary is a key where policies are changed, and of no other action', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const root = twinlock.iam()
    const PermissionsBoundary = await createPolicy(root, 'limit', policy(allow('s3:*')))
    const bounded = { ArnEquals: { 'iam:PermissionsBoundary': PermissionsBoundary } }
    const deputy = await newUser(twinlock, 'deputy', allow('iam:*', { Condition: bounded }))
    const iam = twinlock.iam(deputy)
    const UserName = 'ana'
    await iam.send(new CreateUserCommand({ UserName, PermissionsBoundary }))
    const own = { UserName, PolicyName: 'own' }
    await iam.send(new PutUserPolicyCommand({ ...own, PolicyDocument: LIST_BUCKETS }))
    await assert.rejects(iam.send(new GetUserPolicyCommand(own)), { name: 'AccessDenied' })
    await assert.rejects(iam.send(new GetUserCommand({ UserName })), { name: 'AccessDenied' })
    await iam.send(new DeleteUserPolicyCommand(own))
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName }))
    await assert.rejects(
      iam.send(new PutUserPolicyCommand({ ...own, PolicyDocument: LIST_BUCKETS })),
      { name: 'AccessDenied' },
      'ana has no boundary any more',
    )
  })
})

onEveryEngine('Permissions boundaries', newDatabase => {
  test('a boundary is shown by its user or role until it is taken away', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await newUser(twinlock, 'ana')
    await iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: 'ANA', PermissionsBoundary: READ_ONLY }),
    )
    const bounded = await iam.send(new GetUserCommand({ UserName: 'ana' }))
    assert.deepEqual(bounded.User?.PermissionsBoundary, {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: READ_ONLY,
    })
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ana' }))
    const free = await iam.send(new GetUserCommand({ UserName: 'ana' }))
    assert.equal(free.User?.PermissionsBoundary, undefined)
    await assert.rejects(iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ana' })), {
      name: 'NoSuchEntityException',
    })
  })

  test('what is no policy bounds nobody', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    await newUser(twinlock, 'x')
    await newRole(twinlock, { RoleName: 'x', AssumeRolePolicyDocument: policy(trust(ACCOUNT)) })
    for (const { kind, put, remove } of [
      {
        kind: 'user',
        put: (UserName: string, PermissionsBoundary: string) =>
          iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary })),
        remove: (UserName: string) =>
          iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName })),
      },
      {
        kind: 'role',
        put: (RoleName: string, PermissionsBoundary: string) =>
          iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary })),
        remove: (RoleName: string) =>
          iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })),
      },
    ]) {
      const noPolicy = `arn:aws:iam::${ACCOUNT}:not_a_policy/invalid`
      await assert.rejects(put('x', noPolicy), {
        name: 'InvalidInputException',
        message: `ARN ${noPolicy} is not valid.`,
      })
      for (const arn of [MISSING, FOREIGN]) {
        await assert.rejects(put('x', arn), {
          name: 'NoSuchEntityException',
          message: `Scope ARN: ${arn} does not exist or is not attachable.`,
        })
      }
      const nobody = {
        name: 'NoSuchEntityException',
        message: `The ${kind} with name nobody cannot be found.`,
      }
      await assert.rejects(put('nobody', READ_ONLY), nobody)
      await assert.rejects(remove('nobody'), nobody)
      await assert.rejects(remove('x'), { name: 'NoSuchEntityException' })
    }
  })

  test('a boundary grants nothing and limits what policies grant', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const ana = await newUser(twinlock, 'ana', allow(['iam:ListUsers', 's3:*']))
    const asAna = twinlock.iam(ana)
    const limit = await createPolicy(iam, 'limit', policy(allow(['iam:GetUser', 's3:*'])))
    await asAna.send(new ListUsersCommand({}))
    await iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: 'ana', PermissionsBoundary: limit }),
    )
    await assert.rejects(asAna.send(new ListUsersCommand({})), {
      name: 'AccessDenied',
      message: /because no permissions boundary allows the iam:ListUsers action$/,
    })
    await assert.rejects(asAna.send(new GetUserCommand({})), {
      name: 'AccessDenied',
      message: /because no identity-based policy allows the iam:GetUser action$/,
    })
    await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ana' }))
    await asAna.send(new ListUsersCommand({}))
  })
})

type Version = { readonly PolicyArn: string; readonly VersionId: string }
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
