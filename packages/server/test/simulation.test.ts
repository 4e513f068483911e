// The policy simulator over an account: whose policies it takes, which of them it leaves out, and its pages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type {
  EvaluationResult,
  IAMClient,
  PolicyIdentifier,
  SimulateCustomPolicyRequest,
  SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam'
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  GetContextKeysForCustomPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { allow, deny, newRole, newUser, policy, trust } from './people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'

const A = 'arn:aws:s3:::reports/a'
const B = 'arn:aws:s3:::reports/b'
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']
const ANA = 'arn:aws:iam::123456789012:user/team/ana'
const READERS = 'arn:aws:iam::123456789012:group/team/readers'
const DEPLOYER = 'arn:aws:iam::123456789012:role/team/deployer'

/**
 * A user with a policy of its own (reads A), one of her group (writes B), and a managed one that user, group and role share
 * (deletes). The role may read.
 */
async function newPeople(twinlock: TestTwinlock): Promise<IAMClient> {
  const iam = twinlock.iam()
  const Path = '/team/'
  await iam.send(new CreateUserCommand({ UserName: 'ana', Path }))
  await iam.send(new CreateGroupCommand({ GroupName: 'readers', Path }))
  await iam.send(new AddUserToGroupCommand({ UserName: 'ana', GroupName: 'readers' }))
  await newRole(
    twinlock,
    { RoleName: 'deployer', Path, AssumeRolePolicyDocument: policy(trust(twinlock.account)) },
    allow('s3:GetObject'),
  )
  const PolicyArn = await newPolicy(iam, 'shared', policy(allow('s3:DeleteObject')))
  await iam.send(new AttachUserPolicyCommand({ UserName: 'ana', PolicyArn }))
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'readers', PolicyArn }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'deployer', PolicyArn }))
  await iam.send(
    new PutUserPolicyCommand({
      UserName: 'ana',
      PolicyName: 'OwnA',
      PolicyDocument: policy(allow('s3:GetObject', { Resource: A })),
    }),
  )
  await iam.send(
    new PutGroupPolicyCommand({
      GroupName: 'readers',
      PolicyName: 'GroupB',
      PolicyDocument: policy(allow('s3:PutObject', { Resource: B })),
    }),
  )
  return iam
}

async function newPolicy(iam: IAMClient, PolicyName: string, PolicyDocument: string) {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName, Path: '/team/', PolicyDocument }),
  )
  return Policy?.Arn ?? ''
}

/** What each action comes to on A and on B, with the policies that say so. */
async function simulate(
  iam: IAMClient,
  PolicySourceArn: string,
  more: Partial<SimulatePrincipalPolicyRequest> = {},
) {
  const { EvaluationResults = [] } = await iam.send(
    new SimulatePrincipalPolicyCommand({
      PolicySourceArn,
      ActionNames: ACTIONS,
      ResourceArns: [A, B],
      ...more,
    }),
  )
  return Object.fromEntries(EvaluationResults.map(result => [result.EvalActionName, shown(result)]))
}

const shown = ({ ResourceSpecificResults = [] }: EvaluationResult) =>
  ResourceSpecificResults.map(({ EvalResourceDecision, MatchedStatements = [] }) =>
    [EvalResourceDecision, ...MatchedStatements.map(({ SourcePolicyId }) => SourcePolicyId)].join(
      ' ',
    ),
  )

const NOWHERE = ['implicitDeny', 'implicitDeny']
const OF_ANA = {
  's3:GetObject': ['allowed user_ana_OwnA', 'implicitDeny'],
  's3:PutObject': ['implicitDeny', 'allowed group_readers_GroupB'],
  's3:DeleteObject': ['allowed shared', 'allowed shared'],
}

onEveryEngine('The policy simulator', newDatabase => {
  test('takes the policies of a user and its groups, of a group, of a role', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    assert.deepEqual(await simulate(iam, ANA), OF_ANA)
    assert.deepEqual(await simulate(iam, READERS), { ...OF_ANA, 's3:GetObject': NOWHERE })
    assert.deepEqual(await simulate(iam, DEPLOYER), {
      's3:GetObject': ['allowed role_deployer_own', 'allowed role_deployer_own'],
      's3:PutObject': NOWHERE,
      's3:DeleteObject': ['allowed shared', 'allowed shared'],
    })
  })

  test('finds the source by its name, whatever the path and the letter case', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    for (const name of ['user/ana', 'user/elsewhere/ana', 'user/ANA']) {
      assert.deepEqual(await simulate(iam, `arn:aws:iam::123456789012:${name}`), OF_ANA)
    }
    for (const kind of ['user', 'group', 'role']) {
      await assert.rejects(simulate(iam, `arn:aws:iam::123456789012:${kind}/team/nobody`), {
        name: 'NoSuchEntityException',
        message: 'Unable to retrieve specified IAM entity.',
      })
    }
  })

  test('takes no source but users, groups and roles of the account', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    for (const arn of [
      'arn:aws:iam::123456789012:root',
      'arn:aws:sts::123456789012:assumed-role/deployer/session',
      'not-an-arn-but-long-enough',
    ]) {
      const message = `Invalid ARN provided in the request: ${arn}`
      const refusal = { name: 'InvalidInputException', message }
      await assert.rejects(simulate(iam, arn), refusal)
      const PolicySourceArn = arn
      const keys = new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn })
      await assert.rejects(iam.send(keys), refusal)
    }
    await assert.rejects(simulate(iam, ANA.replace('123456789012', '999999999999')), {
      name: 'InvalidInputException',
      message:
        "Invalid Policy Source Arn: caller's account 123456789012 does not have access to policies in account 999999999999.",
    })
  })

  test('wants the permission on the source as it is stored', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    await iam.send(
      new TagUserCommand({ UserName: 'ana', Tags: [{ Key: 'team', Value: 'storage' }] }),
    )
    const onAna = { Resource: ANA }
    const onTeam = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'storage' } } }
    for (const [name, more] of Object.entries({ byArn: onAna, byTag: onTeam })) {
      const auditor = twinlock.iam(
        await newUser(twinlock, name, allow('iam:SimulatePrincipalPolicy', more)),
      )
      assert.deepEqual(await simulate(auditor, ANA), OF_ANA)
      assert.deepEqual(await simulate(auditor, 'arn:aws:iam::123456789012:user/ana'), OF_ANA)
      await assert.rejects(simulate(auditor, DEPLOYER), {
        name: 'AccessDenied',
        message: `User: arn:aws:iam::123456789012:user/${name} is not authorized to perform: iam:SimulatePrincipalPolicy on resource: ${DEPLOYER} because no identity-based policy allows the iam:SimulatePrincipalPolicy action`,
      })
    }
  })

  test('evaluates the default version of a managed policy', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: 'arn:aws:iam::123456789012:policy/team/shared',
        PolicyDocument: policy(deny('s3:DeleteObject')),
        SetAsDefault: true,
      }),
    )
    assert.deepEqual(await simulate(iam, ANA), {
      ...OF_ANA,
      's3:DeleteObject': ['explicitDeny shared', 'explicitDeny shared'],
    })
  })

  test('takes policies of the request beside the own ones, and a boundary in place of the own one', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    const PolicyInputList = [policy(allow('s3:PutObject', { Resource: A }))]
    assert.deepEqual(await simulate(iam, ANA, { PolicyInputList }), {
      ...OF_ANA,
      's3:PutObject': ['allowed PolicyInputList.1', 'allowed group_readers_GroupB'],
    })

    const boundary = await newPolicy(iam, 'bounds', policy(allow(['s3:GetObject', 's3:PutObject'])))
    await iam.send(
      new PutUserPermissionsBoundaryCommand({ UserName: 'ana', PermissionsBoundary: boundary }),
    )
    assert.deepEqual(await simulate(iam, ANA), { ...OF_ANA, 's3:DeleteObject': NOWHERE })
    const PermissionsBoundaryPolicyInputList = [policy(allow('s3:DeleteObject'))]
    assert.deepEqual(await simulate(iam, ANA, { PermissionsBoundaryPolicyInputList }), {
      ...OF_ANA,
      's3:GetObject': NOWHERE,
      's3:PutObject': NOWHERE,
    })
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: boundary,
        PolicyDocument: policy(deny('s3:GetObject')),
        SetAsDefault: true,
      }),
    )
    const denied = ['explicitDeny bounds', 'explicitDeny bounds']
    assert.deepEqual((await simulate(iam, ANA))['s3:GetObject'], denied)
  })

  test('leaves out what is excluded', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    const bounds = policy(allow(['s3:GetObject', 's3:PutObject']))
    const PermissionsBoundary = await newPolicy(iam, 'bounds', bounds)
    const bounded = { UserName: 'ana', PermissionsBoundary }
    await iam.send(new PutUserPermissionsBoundaryCommand(bounded))

    const BOUNDED = { ...OF_ANA, 's3:DeleteObject': NOWHERE }
    const withoutOwn = { ...BOUNDED, 's3:GetObject': NOWHERE }
    const withoutGroup = { ...BOUNDED, 's3:PutObject': NOWHERE }
    const inline = (
      PolicyName: string,
      AttachmentType: 'user' | 'group',
      AttachmentName: string,
    ): PolicyIdentifier => ({
      InlinePolicyIdentifier: { PolicyName, AttachmentType, AttachmentName },
    })
    const excluded: readonly (readonly [PolicyIdentifier, object])[] = [
      [{ PolicyType: 'inline' }, { ...withoutOwn, ...withoutGroup, 's3:GetObject': NOWHERE }],
      [{ PolicyType: 'user-managed' }, BOUNDED],
      [{ PolicyType: 'aws-managed' }, BOUNDED],
      [{ PolicyType: 'scp' }, BOUNDED],
      [{ PolicyType: 'rcp' }, BOUNDED],
      [{ PolicyType: 'permission-boundary' }, OF_ANA],
      [{ PolicyArn: PermissionsBoundary }, BOUNDED],
      [{ PolicyArn: 'arn:aws:iam::123456789012:policy/bounds' }, BOUNDED],
      [inline('OwnA', 'user', 'ana'), withoutOwn],
      [inline('OwnA', 'user', 'a*'), withoutOwn],
      [inline('OwnA', 'user', 'an?'), withoutOwn],
      [inline('OwnA', 'user', 'readers'), BOUNDED],
      [inline('OwnA', 'group', 'ana'), BOUNDED],
      [inline('GroupB', 'group', 'readers'), withoutGroup],
    ]
    for (const [identifier, expected] of excluded) {
      const PolicyExclusionList = [identifier]
      const message = JSON.stringify(identifier)
      assert.deepEqual(await simulate(iam, ANA, { PolicyExclusionList }), expected, message)
    }
  })

  test('looks for an excluded managed policy without its path', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    const WITHOUT = { ...OF_ANA, 's3:DeleteObject': NOWHERE }
    for (const [name, expected] of Object.entries({
      shared: WITHOUT,
      'sha*': WITHOUT,
      'shar??': WITHOUT,
      'team/shared': OF_ANA,
      'elsewhere/shared': OF_ANA,
      other: OF_ANA,
    })) {
      const PolicyExclusionList = [{ PolicyArn: `arn:aws:iam::123456789012:policy/${name}` }]
      assert.deepEqual(await simulate(iam, ANA, { PolicyExclusionList }), expected, name)
    }
  })

  test('refuses exclusions that are none', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    const refusal = (message: string) => ({ name: 'InvalidInputException', message })
    for (const [PolicyName, AttachmentName] of [
      ['Own*', 'ana'],
      ['Own?', 'ana'],
      ['OwnA', '*a*'],
    ] as const) {
      const InlinePolicyIdentifier = { PolicyName, AttachmentType: 'user', AttachmentName } as const
      await assert.rejects(
        simulate(iam, ANA, { PolicyExclusionList: [{ InlinePolicyIdentifier }] }),
        refusal(
          'Invalid inline policy exclusion: policyName, attachmentType, and attachmentName are required',
        ),
      )
    }
    for (const PolicyArn of ['arn:aws:iam::aws:policy/*only*', `${A}/which/is/no/policy`]) {
      await assert.rejects(
        simulate(iam, ANA, { PolicyExclusionList: [{ PolicyArn }] }),
        refusal(`Invalid policy ARN exclusion: ${PolicyArn}`),
      )
    }
    const both = { PolicyType: 'inline', PolicyArn: 'arn:aws:iam::aws:policy/x' }
    await assert.rejects(
      simulate(iam, ANA, { PolicyExclusionList: [both as unknown as PolicyIdentifier] }),
      refusal(
        'Invalid policy exclusion: exactly one of policyType, policyArn and inlinePolicyIdentifier is required',
      ),
    )
  })

  test('takes the source for the caller unless another is named', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    const whoReads = (CallerArn?: string) =>
      simulate(iam, 'arn:aws:iam::123456789012:user/elsewhere/ana', {
        ...(CallerArn && { CallerArn }),
        PolicyExclusionList: [{ PolicyType: 'inline' }],
        PolicyInputList: [
          policy(
            allow('s3:GetObject', { Condition: { StringEquals: { 'aws:PrincipalArn': ANA } } }),
            allow('s3:PutObject', { Condition: { StringEquals: { 'aws:username': 'ben' } } }),
          ),
        ],
      })
    const READ = ['allowed PolicyInputList.1', 'allowed PolicyInputList.1']
    const asAna = await whoReads()
    assert.deepEqual([asAna['s3:GetObject'], asAna['s3:PutObject']], [READ, NOWHERE])
    const asBen = await whoReads('arn:aws:iam::123456789012:user/ben')
    assert.deepEqual([asBen['s3:GetObject'], asBen['s3:PutObject']], [NOWHERE, READ])
  })

  test('answers pages of actions, whatever else a continuation says', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const page = async (more: Partial<SimulateCustomPolicyRequest>) => {
      const { EvaluationResults, IsTruncated, Marker } = await iam.send(
        new SimulateCustomPolicyCommand({
          PolicyInputList: [policy(allow('*'))],
          ActionNames: ['s3:PutObject', 'iam:GetUser', 's3:GetObject'],
          ResourceArns: [A, B],
          ...more,
        }),
      )
      const names = EvaluationResults?.map(({ EvalActionName }) => EvalActionName)
      return { names, IsTruncated, Marker: Marker ?? '' }
    }
    const first = await page({ MaxItems: 1 })
    assert.deepEqual([first.names, first.IsTruncated], [['s3:PutObject'], true])
    const { Marker } = first
    const second = await page({ MaxItems: 1, Marker })
    assert.deepEqual([second.names, second.IsTruncated], [['iam:GetUser'], true])
    assert.deepEqual((await page({ Marker: second.Marker })).names, ['s3:GetObject'])
    assert.deepEqual((await page({ Marker, MaxItems: 2 })).names, ['iam:GetUser', 's3:GetObject'])
    assert.deepEqual((await page({ Marker, MaxItems: 1, ResourceArns: [B] })).names, [
      'iam:GetUser',
    ])
    const none = await page({ Marker, ActionNames: ['s3:DeleteObject'] })
    assert.deepEqual([none.names, none.IsTruncated], [[], false])
  })

  test('ends a page early that becomes too much, and refuses one action that is too much alone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const objects = (count: number) => Array.from({ length: count }, (_, at) => `${A}${at}`)
    const custom = (resources: number, actions: number, Marker?: string) =>
      iam.send(
        new SimulateCustomPolicyCommand({
          PolicyInputList: [policy(allow('*'))],
          ActionNames: Array.from({ length: actions }, () => 's3:GetObject'),
          ResourceArns: objects(resources),
          ...(Marker && { Marker }),
        }),
      )
    const { EvaluationResults: early = [], IsTruncated, Marker } = await custom(1000, 5)
    assert.equal(early.length, 3)
    assert.equal(IsTruncated, true)
    const { EvaluationResults: rest = [], ...last } = await custom(1000, 5, Marker)
    assert.deepEqual([rest.length, last.IsTruncated], [2, false])
    await assert.rejects(custom(3000, 1), {
      name: 'InvalidInputException',
      message:
        'The simulation of s3:GetObject is too large. Simulate fewer resources, or shorter policies and context values, at a time.',
    })
  })

  test('ends a page early that would tell long names again and again', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const key = `example:${'k'.repeat(60_000)}`
    const { EvaluationResults = [], IsTruncated } = await twinlock.iam().send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: [policy(allow('*', { Condition: { StringEquals: { [key]: 'x' } } }))],
        ActionNames: Array.from({ length: 200 }, (_, at) => `s3:Made${at}`),
        ResourceArns: [A],
        MaxItems: 200,
      }),
    )
    assert.equal(EvaluationResults[0]?.MissingContextValues?.[0], key)
    assert.ok(EvaluationResults.length < 30, `${EvaluationResults.length} results`)
    assert.equal(IsTruncated, true)
  })

  test('refuses texts that would take too long to compare', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = twinlock.iam()
    const custom = (more: Partial<SimulateCustomPolicyRequest>) =>
      iam.send(
        new SimulateCustomPolicyCommand({
          PolicyInputList: [policy(allow('*'))],
          ActionNames: ['s3:GetObject'],
          ...more,
        }),
      )
    const long = policy(allow('*', { Resource: `${A}${'a'.repeat(100_000)}` }))
    const long3 = { PolicyInputList: [long, long, long] }
    await assert.rejects(custom(long3), {
      name: 'InvalidInputException',
      message: 'The policies of a simulation cannot exceed 262144 characters.',
    })
    const value = (length: number) => ({
      PolicyInputList: [long],
      ContextEntries: [
        {
          ContextKeyName: 'example:key',
          ContextKeyType: 'stringList' as const,
          ContextKeyValues: ['x'.repeat(length), 'x'.repeat(length)],
        },
      ],
    })
    assert.equal((await custom(value(50))).EvaluationResults?.length, 1)
    await assert.rejects(custom(value(500)), {
      name: 'InvalidInputException',
      message: /^The simulation of s3:GetObject is too large\./,
    })
  })

  test('lists the keys that the policies of a source and of the request ask for', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const iam = await newPeople(twinlock)
    const asking = (key: string) => policy(allow('*', { Condition: { Null: { [key]: 'true' } } }))
    const put = (PolicyName: string, key: string) => ({ PolicyName, PolicyDocument: asking(key) })
    await iam.send(new PutUserPolicyCommand({ UserName: 'ana', ...put('OwnA', 'aws:Own') }))
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'readers', ...put('GroupB', 'aws:Of') }))
    const PermissionsBoundary = await newPolicy(iam, 'bounds', asking('aws:Bound'))
    const bounded = { UserName: 'ana', PermissionsBoundary }
    await iam.send(new PutUserPermissionsBoundaryCommand(bounded))
    await iam.send(
      new CreatePolicyVersionCommand({
        PolicyArn: 'arn:aws:iam::123456789012:policy/team/shared',
        PolicyDocument: asking('aws:Shared'),
        SetAsDefault: true,
      }),
    )
    const keysOf = async (PolicySourceArn: string, ...PolicyInputList: string[]) => {
      const { ContextKeyNames = [] } = await iam.send(
        new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn, PolicyInputList }),
      )
      return ContextKeyNames.toSorted()
    }
    const own = ['aws:Bound', 'aws:Of', 'aws:Own', 'aws:Shared']
    assert.deepEqual(await keysOf(ANA), own)
    assert.deepEqual(await keysOf(ANA, asking('aws:Own')), [...own, 'aws:Own'].toSorted())
    assert.deepEqual(await keysOf(READERS), ['aws:Of', 'aws:Shared'])

    const custom = (...PolicyInputList: string[]) =>
      iam.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList }))
    assert.deepEqual((await custom(asking('aws:A'))).ContextKeyNames, ['aws:A'])
    assert.deepEqual((await custom()).ContextKeyNames ?? [], [])
    await assert.rejects(custom(asking('aws:A'), '{'), {
      name: 'InvalidInputException',
      message: 'Policy input list item 2 has invalid content',
    })
  })
})
