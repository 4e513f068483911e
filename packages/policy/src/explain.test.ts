// An explanation tells the decision that is made, whatever the layers, and tells it rightly.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ALICE, anyPolicies, anyPolicy, anyRequest } from '../test/arbitrary-policies.ts'
import { compiled, conditionKeys, type Document } from '../test/vectors.ts'
import {
  evaluate,
  evaluateTrust,
  explain,
  explainTrust,
  type Explanation,
  type Layers,
  type PolicyKind,
  policySet,
  type PrincipalFacts,
} from './index.ts'

const ACCOUNT = '123456789012'

const set = (policies: readonly (readonly Document[])[], kind?: PolicyKind) =>
  policySet(policies.map(Statement => compiled({ Version: '2012-10-17', Statement }, kind)))

const anyPrincipal = fc.constantFrom<PrincipalFacts>(
  ALICE,
  { account: ACCOUNT, arns: [`arn:aws:iam::${ACCOUNT}:root`], ids: [], isRoot: true, kind: 'root' },
  {
    account: ACCOUNT,
    arns: [`arn:aws:sts::${ACCOUNT}:assumed-role/dev/s`, `arn:aws:iam::${ACCOUNT}:role/dev`],
    ids: [],
    isRoot: false,
    kind: 'role',
  },
  {
    account: '210987654321',
    arns: ['arn:aws:iam::210987654321:user/mallory'],
    ids: [],
    isRoot: false,
    kind: 'user',
  },
  { account: '', arns: ['ec2.amazonaws.com'], ids: [], isRoot: false, kind: 'service' },
)

const anyNamed = fc.constantFrom<unknown>(
  '*',
  { AWS: ACCOUNT },
  { AWS: [...ALICE.arns, `arn:aws:iam::${ACCOUNT}:role/dev`] },
  { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/dev/s` },
  { Service: 'ec2.amazonaws.com' },
)

const anyResourcePolicy = fc
  .tuple(anyPolicy, anyNamed)
  .map(([statements, Principal]) => statements.map(one => ({ ...one, Principal })))

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const anyLayers = fc
  .record({
    identity: anyPolicies,
    boundary: optional(anyPolicy),
    session: optional(anyPolicies),
    task: optional(anyPolicy),
    resource: optional(anyResourcePolicy),
    scps: optional(fc.array(anyPolicies, { maxLength: 2 })),
    rcps: optional(fc.array(anyPolicies, { maxLength: 2 })),
  })
  .map(({ identity, boundary, session, task, resource, scps, rcps }): Layers => ({
    identity: set(identity),
    ...(boundary && { boundary: set([boundary]) }),
    ...(session && { session: set(session) }),
    ...(task && { task: set([task]) }),
    ...(resource && { resource: set([resource], 'resource') }),
    ...(scps && { scps: scps.map(level => set(level)) }),
    ...(rcps && { rcps: rcps.map(level => set(level)) }),
  }))

const anyCase = fc
  .tuple(
    anyRequest,
    anyPrincipal,
    anyLayers,
    optional(fc.constantFrom(ACCOUNT, '210987654321')),
    optional(fc.constant(ACCOUNT)),
    fc.boolean(),
  )
  .map(([request, principal, layers, resourceAccount, managementAccount, needsResourcePolicy]) => ({
    request: {
      ...request,
      principal,
      needsResourcePolicy,
      ...(resourceAccount !== undefined && { resourceAccount }),
      ...(managementAccount !== undefined && { managementAccount }),
    },
    layers,
  }))

test('an explanation tells the decision that is made', () => {
  fc.assert(
    fc.property(anyCase, ({ request, layers }) => {
      const explanation = explain(request, layers)
      assert.deepEqual(explanation.evaluation, evaluate(request, layers))
      checkConsistent(explanation)
      const { resource } = layers
      if (resource === undefined) return
      const trust = { ...layers, trust: resource }
      const ofTrust = explainTrust(request, trust, ACCOUNT)
      assert.deepEqual(ofTrust.evaluation, evaluateTrust(request, trust, ACCOUNT))
      checkConsistent(ofTrust)
    }),
    { numRuns: 1000 },
  )
})

/** The steps lead to the decision, and the statements that made it are among those that apply. */
function checkConsistent({ evaluation, steps, matchedStatements }: Explanation) {
  const last = steps.at(-1)
  for (const matched of evaluation.MatchedStatements) assert.ok(matchedStatements.includes(matched))
  switch (evaluation.EvalDecision) {
    case 'explicitDeny':
      assert.equal(steps[0]?.layer, evaluation.deniedBy)
      assert.ok(steps.every(({ outcome }) => outcome === 'denies'))
      return
    case 'implicitDeny':
      assert.deepEqual(matchedStatements, [])
      assert.equal(last?.layer, evaluation.deniedBy)
      assert.equal(last?.outcome, 'does not allow')
      return
    case 'allowed':
      assert.ok(
        steps.every(
          ({ layer, outcome }) =>
            outcome === 'allows' ||
            outcome === 'dispensable' ||
            (layer === 'resource-based policy' && outcome === 'does not allow'),
        ),
      )
      return
    default:
      assert.fail()
  }
}

const REQUEST = {
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::reports/q3.pdf',
  keys: conditionKeys({ 'aws:MultiFactorAuthPresent': 'false' }),
  principal: ALICE,
} as const

const MFA_DENY = {
  Sid: 'DenyWithoutMFA',
  Effect: 'Deny',
  NotAction: 'iam:EnableMFADevice',
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
}
const ALLOW = { Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }

test('an explicit deny tells every layer that denies, the named one first, and what its conditions met', () => {
  const { steps, matchedStatements } = explain(REQUEST, {
    identity: set([[ALLOW, MFA_DENY]]),
    boundary: set([[ALLOW]]),
    session: set([[{ ...MFA_DENY, Sid: 'InSession' }]]),
  })
  assert.deepEqual(
    steps.map(({ layer, outcome }) => ({ layer, outcome })),
    [
      { layer: 'identity-based policy', outcome: 'denies' },
      { layer: 'session policy', outcome: 'denies' },
    ],
  )
  assert.deepEqual(
    matchedStatements.map(({ Sid }) => Sid),
    ['DenyWithoutMFA', 'InSession'],
  )
  assert.deepEqual(steps[0]?.statements[0]?.conditions, [
    {
      operator: 'BoolIfExists',
      key: 'aws:MultiFactorAuthPresent',
      values: ['false'],
      actual: 'false',
      holds: true,
    },
  ])
})

test('an implicit deny tells the steps up to the one at which it fell', () => {
  const other = { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::other/*' }
  const { steps, matchedStatements } = explain(REQUEST, {
    scps: [set([[ALLOW]]), set([[ALLOW]])],
    identity: set([[ALLOW]]),
    boundary: set([[other]]),
    session: set([[ALLOW]]),
  })
  assert.deepEqual(
    steps.map(({ layer, level, outcome }) => [layer, level, outcome]),
    [
      ['service control policy', 0, 'allows'],
      ['service control policy', 1, 'allows'],
      ['identity-based policy', undefined, 'allows'],
      ['permissions boundary', undefined, 'does not allow'],
    ],
  )
  assert.equal(steps.at(-1)?.statements[0]?.matchesResource, false)
  assert.deepEqual(matchedStatements, [])
})

test('a layer that a grant of the resource overrides is dispensable', () => {
  const grant = { ...ALLOW, Sid: 'Grant', Principal: { AWS: ALICE.arns } }
  const { evaluation, steps, matchedStatements } = explain(REQUEST, {
    identity: policySet([]),
    boundary: policySet([]),
    resource: set([[grant]], 'resource'),
  })
  assert.equal(evaluation.EvalDecision, 'allowed')
  assert.deepEqual(
    steps.map(({ layer, outcome }) => [layer, outcome]),
    [
      ['resource-based policy', 'allows'],
      ['identity-based policy', 'dispensable'],
      ['permissions boundary', 'dispensable'],
    ],
  )
  assert.deepEqual(
    matchedStatements.map(({ Sid }) => Sid),
    ['Grant'],
  )
})

test('an allowed request names every Allow of the policies that grant, and none of those that limit', () => {
  const { matchedStatements } = explain(REQUEST, {
    identity: set([[ALLOW], [{ ...ALLOW, Sid: 'Again' }]]),
    boundary: set([[{ ...ALLOW, Sid: 'Boundary' }]]),
  })
  assert.deepEqual(
    matchedStatements.map(({ Sid }) => Sid),
    ['Everything', 'Again'],
  )
})

test('missing are the keys of conditions and variables that the request does not have, as they are written', () => {
  const statements = [
    { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::reports/${AWS:UserName}/*' },
    {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:PrincipalTag/Team': '${aws:ResourceTag/Team}' },
        NumericLessThan: { 'aws:multifactorauthage': '${aws:userid}' },
        Bool: { 'aws:MultiFactorAuthPresent': 'false' },
      },
    },
    { Effect: 'Deny', Action: 'iam:*', Resource: '*', Condition: { Null: { 'aws:a': 'true' } } },
  ]
  const session = set([statements], 'session')
  assert.deepEqual(explain(REQUEST, { identity: policySet([]), session }).missingKeys, [
    'AWS:UserName',
    'aws:PrincipalTag/Team',
    'aws:ResourceTag/Team',
    'aws:multifactorauthage',
  ])
})

test('not missing are keys of a statement that something else rules out', () => {
  const age = { NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } }
  const identity = set([
    [
      { ...ALLOW, Resource: 'arn:aws:s3:::other/*', Condition: age },
      {
        ...ALLOW,
        Sid: 'NeedsMFA',
        Condition: { ...age, Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
      { ...ALLOW, Sid: 'OfIAM', Action: 'iam:*', Condition: age },
    ],
  ])
  assert.deepEqual(explain(REQUEST, { identity }).missingKeys, [])
})
