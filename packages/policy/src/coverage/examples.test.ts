// Coverage of small policies: how exact it is, and what the services decide by themselves.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coverageOf, prepareActions, type Reach } from '../index.ts'
import { ACCOUNT, ACTIONS, setOf } from '../../test/coverage/arbitrary-layers.ts'
import type { CoveragePrincipal } from './covered-principal.ts'

const ALICE = {
  account: ACCOUNT,
  arns: [`arn:aws:iam::${ACCOUNT}:user/alice`],
  ids: ['AIDAALICEALICEALICE01'],
  isRoot: false,
  kind: 'user',
} as const

const WORKER = {
  account: ACCOUNT,
  arns: [`arn:aws:iam::${ACCOUNT}:role/worker`],
  ids: ['AROAWORKERWORKERWORK1'],
  isRoot: false,
  kind: 'role',
} as const

const prepared = prepareActions([
  ...ACTIONS,
  {
    name: 's3:CreateBucket',
    resourceTypes: [
      { type: { arnPattern: 'arn:${Partition}:s3:::${BucketName}' }, required: true },
    ],
  },
  ...['GetCallerIdentity', 'GetSessionToken', 'GetFederationToken', 'TagSession', 'AssumeRole'].map(
    name => ({ name: `sts:${name}`, resourceTypes: [] }),
  ),
])

type Statement = Readonly<Record<string, unknown>>

const allow = (Action: string, Resource: unknown = '*', Condition = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  Condition,
})

const deny = (Action: string, Resource: unknown = '*', Condition = {}): Statement => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
})

const PRESENT = (value: string) => ({ Bool: { 'aws:MultiFactorAuthPresent': value } })
const PRESENT_IF_EXISTS = (value: string) => ({
  BoolIfExists: { 'aws:MultiFactorAuthPresent': value },
})

/** Reach without a key, without MFA, with fresh and with stale MFA. */
type Reaches = readonly [Reach, Reach, Reach, Reach]

const same = (reach: Reach): Reaches => [reach, reach, reach, reach]

type Example = {
  readonly title: string
  readonly identity: readonly Statement[]
  readonly more?: Partial<Pick<CoveragePrincipal, 'signsIn' | 'keys'>>
  readonly layers?: Partial<CoveragePrincipal['layers']>
  readonly as?: CoveragePrincipal['principal']
  readonly action: string
  readonly expected: Reaches
}

const EXAMPLES: readonly Example[] = [
  {
    title: 'Deny if BoolIfExists false: only with MFA',
    identity: [allow('*'), deny('*', '*', PRESENT_IF_EXISTS('false'))],
    action: 's3:GetObject',
    expected: ['never', 'never', 'always', 'always'],
  },
  {
    title: 'Deny if Bool false: long-term keys slip through',
    identity: [allow('*'), deny('*', '*', PRESENT('false'))],
    action: 's3:GetObject',
    expected: ['always', 'never', 'always', 'always'],
  },
  {
    title: 'Allow if BoolIfExists true: long-term keys slip through',
    identity: [allow('*', '*', PRESENT_IF_EXISTS('true'))],
    action: 's3:GetObject',
    expected: ['always', 'never', 'always', 'always'],
  },
  {
    title: 'Allow if the MFA is no older than an hour: only with fresh MFA',
    identity: [allow('*', '*', { NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } })],
    action: 's3:GetObject',
    expected: ['never', 'never', 'always', 'never'],
  },
  {
    title: 'an Allow of some resources is not one of all',
    identity: [allow('s3:*', 'arn:aws:s3:::a/*')],
    action: 's3:GetObject',
    expected: same('depends'),
  },
  {
    title: 'an Allow of one kind of resource does not reach actions on another',
    identity: [allow('*', 'arn:aws:s3:::a/*')],
    action: 'sqs:SendMessage',
    expected: same('never'),
  },
  {
    title: 'an Allow of the objects of a bucket is not one of the bucket',
    identity: [allow('s3:*', 'arn:aws:s3:::a/*')],
    action: 's3:CreateBucket',
    expected: same('never'),
  },
  {
    title: 'an Allow of a bucket by a pattern is one',
    identity: [allow('s3:*', 'arn:aws:s3:::a*')],
    action: 's3:CreateBucket',
    expected: same('depends'),
  },
  {
    title: 'an Allow of resources does not reach actions that have none',
    identity: [allow('iam:*', 'arn:aws:iam::*:user/*')],
    action: 'iam:ListUsers',
    expected: same('never'),
  },
  {
    title: 'an action that can do without its resource is reached on it alone',
    identity: [allow('iam:*', 'arn:aws:iam::*:user/*')],
    action: 'iam:ListMFADevices',
    expected: same('depends'),
  },
  {
    title: 'all resources of the own account are all that one has',
    identity: [allow('iam:*', `arn:aws:iam::${ACCOUNT}:user/*`)],
    action: 'iam:GetUser',
    expected: same('always'),
  },
  {
    title: 'a Deny of just what is allowed leaves nothing',
    identity: [
      allow('s3:*', ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/1']),
      deny('s3:*', ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'], PRESENT_IF_EXISTS('false')),
    ],
    action: 's3:GetObject',
    expected: ['never', 'never', 'depends', 'depends'],
  },
  {
    title: 'a Deny of everything but what is allowed leaves it',
    identity: [
      allow('s3:*'),
      { Effect: 'Deny', Action: 's3:*', NotResource: ['arn:aws:s3:::a/*'] },
    ],
    action: 's3:GetObject',
    expected: same('depends'),
  },
  {
    title: 'a Deny of everything but something else leaves nothing',
    identity: [
      allow('s3:*', 'arn:aws:s3:::b/*'),
      { Effect: 'Deny', Action: 's3:*', NotResource: ['arn:aws:s3:::a/*'] },
    ],
    action: 's3:GetObject',
    expected: same('never'),
  },
  {
    title: 'a variable that is known is its value',
    identity: [
      allow('iam:*', 'arn:aws:iam::*:user/${aws:username}'),
      deny('iam:*', 'arn:aws:iam::*:user/alice', PRESENT_IF_EXISTS('false')),
    ],
    action: 'iam:GetUser',
    expected: ['never', 'never', 'depends', 'depends'],
  },
  {
    title: 'a variable that is known to be absent matches nothing',
    identity: [allow('iam:*', 'arn:aws:iam::*:user/${aws:username}')],
    as: WORKER,
    action: 'iam:GetUser',
    expected: same('never'),
  },
  {
    title: 'a variable that is not known may be anything to an Allow and is nothing sure to a Deny',
    identity: [
      allow('s3:*', 'arn:aws:s3:::${aws:PrincipalTag/team}/*'),
      deny('s3:*', 'arn:aws:s3:::${aws:PrincipalTag/team}/*'),
    ],
    action: 's3:GetObject',
    expected: same('depends'),
  },
  {
    title: 'a tag that is known is its value',
    identity: [allow('s3:*', '*', { StringEquals: { 'aws:PrincipalTag/Team': 'red' } })],
    more: { keys: new Map([['aws:principaltag/team', 'red']]) },
    action: 's3:GetObject',
    expected: same('always'),
  },
  {
    title: 'a tag of a role is not known: a session can have another',
    identity: [deny('s3:*', '*', { StringEquals: { 'aws:PrincipalTag/team': 'red' } }), allow('*')],
    more: { keys: new Map([['aws:principaltag/team', 'red']]) },
    as: WORKER,
    action: 's3:GetObject',
    expected: same('depends'),
  },
  {
    title: 'of a user without a name nothing that hangs on it is known',
    identity: [
      allow('*'),
      deny('*', '*', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/breakglass' } }),
      allow('iam:*', 'arn:aws:iam::*:user/${aws:username}'),
    ],
    as: { ...ALICE, arns: [], ids: [] },
    action: 'iam:GetUser',
    expected: same('depends'),
  },
  {
    title: 'a condition on a key that is not known is met at times',
    identity: [allow('s3:*', '*', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })],
    action: 's3:GetObject',
    expected: same('depends'),
  },
  {
    title: 'a Deny that exempts the caller by its ARN does not bind it',
    identity: [allow('*')],
    layers: {
      scps: [
        setOf([
          [
            allow('*'),
            deny('*', '*', {
              ...PRESENT_IF_EXISTS('false'),
              ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/work*' },
            }),
          ],
        ]),
      ],
    },
    as: WORKER,
    action: 's3:GetObject',
    expected: same('always'),
  },
  {
    title: 'a service control policy with MFA binds a user',
    identity: [allow('*')],
    layers: { scps: [setOf([[allow('*', '*', PRESENT('true'))]])] },
    action: 's3:GetObject',
    expected: ['never', 'never', 'always', 'always'],
  },
  {
    title: 'a level of service control policies that allows nothing leaves nothing',
    identity: [allow('*')],
    layers: { scps: [setOf([[allow('*')]]), setOf([])] },
    action: 's3:GetObject',
    expected: same('never'),
  },
  {
    title: 'a service-linked role escapes service control policies',
    identity: [allow('*')],
    layers: { scps: [setOf([])] },
    as: { ...WORKER, isServiceLinked: true },
    action: 's3:GetObject',
    expected: same('always'),
  },
  {
    title: 'a boundary and a policy that have no resource in common leave nothing',
    identity: [allow('s3:*', 'arn:aws:s3:::a/*')],
    layers: { boundary: setOf([[allow('s3:*', 'arn:aws:s3:::b/*')]]) },
    action: 's3:GetObject',
    expected: same('never'),
  },
  {
    title: 'a boundary limits to what both allow',
    identity: [allow('s3:*')],
    layers: { boundary: setOf([[allow('s3:*', '*', PRESENT('true'))]]) },
    action: 's3:GetObject',
    expected: ['never', 'never', 'always', 'always'],
  },
  {
    title: 'the root user needs no policy',
    identity: [],
    as: { ...ALICE, arns: [`arn:aws:iam::${ACCOUNT}:root`], isRoot: true, kind: 'root' },
    action: 's3:GetObject',
    expected: same('always'),
  },
  {
    title: 'GetCallerIdentity always works',
    identity: [deny('*')],
    action: 'sts:GetCallerIdentity',
    expected: same('always'),
  },
  {
    title: 'GetSessionToken cannot be denied, and is for long-term keys',
    identity: [deny('*')],
    action: 'sts:GetSessionToken',
    expected: ['always', 'never', 'never', 'never'],
  },
  {
    title: 'a role has no long-term key to call GetSessionToken with',
    identity: [allow('*')],
    as: WORKER,
    action: 'sts:GetSessionToken',
    expected: same('never'),
  },
  {
    title: 'GetFederationToken is for long-term keys, if a policy allows it',
    identity: [allow('*')],
    action: 'sts:GetFederationToken',
    expected: ['always', 'never', 'never', 'never'],
  },
  {
    title: 'the root user assumes no role',
    identity: [],
    as: { ...ALICE, arns: [`arn:aws:iam::${ACCOUNT}:root`], isRoot: true, kind: 'root' },
    action: 'sts:AssumeRole',
    expected: same('never'),
  },
  {
    title: 'a session of GetSessionToken without MFA calls no IAM',
    identity: [allow('*')],
    more: { signsIn: false },
    action: 'iam:ListUsers',
    expected: ['always', 'never', 'always', 'always'],
  },
  {
    title: 'a console session without MFA does call IAM',
    identity: [allow('*')],
    action: 'iam:ListUsers',
    expected: same('always'),
  },
  {
    title: 'a session of GetSessionToken assumes roles, with tags',
    identity: [allow('*')],
    more: { signsIn: false },
    action: 'sts:TagSession',
    expected: same('always'),
  },
]

for (const { title, identity, more, layers, as = ALICE, action, expected } of EXAMPLES) {
  test(title, () => {
    const set = setOf(identity.length === 0 ? [] : [identity])
    const covered = { principal: as, layers: { identity: set, ...layers }, ...more }
    const reach = coverageOf(covered, prepared).find(action)?.reach
    assert.ok(reach !== undefined)
    const { longTermKey, noMfaSession, freshMfa, staleMfa } = reach
    assert.deepEqual([longTermKey, noMfaSession, freshMfa, staleMfa], expected)
  })
}

test('how old a stale MFA is can be said', () => {
  const limit = { NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } }
  const covered = { principal: ALICE, layers: { identity: setOf([[allow('*', '*', limit)]]) } }
  const needWith = (staleSeconds: number) =>
    coverageOf(covered, prepareActions(ACTIONS, { staleSeconds })).find('s3:GetObject')?.need
  assert.equal(needWith(3599), 'withMfa')
  assert.equal(needWith(3600), 'withFreshMfa')
})

test('what an action depends on is said by statement, key and resource', () => {
  const identity = setOf([
    [
      {
        ...allow('s3:*', 'arn:aws:s3:::a/*', {
          IpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
          StringEquals: { 'aws:username': 'alice' },
          ...PRESENT('true'),
        }),
        Sid: 'Office',
      },
      allow('sqs:*'),
    ],
  ])
  const coverage = coverageOf({ principal: ALICE, layers: { identity } }, prepared)
  const { dependsOn, need } = coverage.find('S3:getobject') ?? assert.fail()
  assert.equal(need, 'withMfa')
  assert.deepEqual(
    dependsOn.map(({ statement, ...rest }) => ({ Sid: statement.Sid, ...rest })),
    [
      {
        Sid: 'Office',
        effect: 'Allow',
        conditionKeys: ['aws:SourceIp'],
        resource: { element: 'Resource', patterns: ['arn:aws:s3:::a/*'] },
      },
    ],
  )
  assert.deepEqual(coverage.find('sqs:SendMessage')?.dependsOn, [])
  assert.equal(coverage.find('sqs:Nothing'), undefined)
})

test('a summary counts each action once, per service and in all', () => {
  const identity = setOf([[allow('s3:*'), allow('iam:*', '*', PRESENT('true'))]])
  const { summary } = coverageOf({ principal: ALICE, layers: { identity } }, prepared)
  assert.deepEqual(summary.services['s3'], { withoutMfa: 4, withMfa: 0, withFreshMfa: 0, never: 0 })
  assert.deepEqual(summary.services['iam'], {
    withoutMfa: 0,
    withMfa: 4,
    withFreshMfa: 0,
    never: 0,
  })
  assert.deepEqual(summary.total, { withoutMfa: 6, withMfa: 4, withFreshMfa: 0, never: 4 })
})

test('a service whose actions are all of one class is one entry, and so is everything', () => {
  const identity = setOf([[allow('s3:*'), allow('iam:List*')]])
  const coverage = coverageOf({ principal: ALICE, layers: { identity } }, prepared)
  assert.deepEqual(coverage.actions('withoutMfa'), [
    's3:*',
    'iam:ListMFADevices',
    'iam:ListUsers',
    'sts:GetCallerIdentity',
    'sts:GetSessionToken',
  ])
  assert.deepEqual(coverage.actions('withMfa'), [])
  const nothing = coverageOf(
    { principal: ALICE, layers: { identity: setOf([]) } },
    prepareActions(ACTIONS),
  )
  assert.deepEqual(nothing.actions('never'), ['*'])
})

test('principals with the same policies, in whatever order, share what was found', () => {
  const one = setOf([[allow('s3:*')], [deny('iam:*')]])
  const other = setOf([[deny('iam:*')], [allow('s3:*'), allow('s3:*')]])
  const bob = {
    ...ALICE,
    arns: [`arn:aws:iam::${ACCOUNT}:user/bob`],
    ids: ['AIDABOBBOBBOBBOBBOB01'],
  }
  assert.equal(
    coverageOf({ principal: ALICE, layers: { identity: one } }, prepared).summary,
    coverageOf({ principal: bob, layers: { identity: other } }, prepared).summary,
  )
})
