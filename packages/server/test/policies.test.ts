// Managed policies, as the AWS SDK sees them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteUserPermissionsBoundaryCommand,
  DetachUserPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  PutUserPermissionsBoundaryCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import {
  ACCOUNT,
  createPolicy,
  FOREIGN,
  LIST_BUCKETS,
  MISSING,
  namesOf,
  notFound,
  READ_ONLY,
} from './managed-policies.ts'
import { allow, deny, newUser, policy } from './people.ts'
import { startTwinlock } from './twinlock.ts'

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
})
