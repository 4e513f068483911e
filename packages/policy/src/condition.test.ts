// The condition vectors, each as the only condition of one statement, and the laws that connect the
// operators.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compiled, conditionKeys, type Document, type Keys, readVectors } from '../test/vectors.ts'
import { compileCondition } from './condition.ts'
import { evaluate, policySet } from './index.ts'

type ConditionCase = {
  readonly title: string
  readonly condition: Document
  readonly effect?: 'Allow' | 'Deny'
  readonly version?: string
  readonly keys: Keys
  readonly holds: boolean
}

const ALICE = {
  account: '123456789012',
  arns: ['arn:aws:iam::123456789012:user/alice'],
  ids: [],
  isRoot: false,
  kind: 'user',
} as const

for (const file of [
  'mfa-conditions.json',
  'key-cardinality.json',
  'coercions.json',
  'malformed-arns.json',
  'strings.json',
  'variables.json',
]) {
  test(`${file}: a condition holds or does not, as it says`, async t => {
    for (const one of readVectors<ConditionCase>(file).cases) {
      await t.test(one.title, () => assert.equal(holds(one), one.holds))
    }
  })
}

/** In a session policy, which may hold any literal; a Deny stands beside an Allow of everything. */
function holds({
  condition,
  effect = 'Allow',
  version = '2012-10-17',
  keys,
}: ConditionCase): boolean {
  const Statement = [
    { Effect: effect, Action: '*', Resource: '*', Condition: condition },
    ...(effect === 'Deny' ? [{ Effect: 'Allow', Action: '*', Resource: '*' }] : []),
  ]
  const { EvalDecision } = evaluate(
    { action: 's3:GetObject', resource: '*', keys: conditionKeys(keys), principal: ALICE },
    { identity: policySet([compiled({ Version: version, Statement }, 'session')]) },
  )
  return EvalDecision === (effect === 'Deny' ? 'explicitDeny' : 'allowed')
}

test('a negated operator on one present value is the opposite of the operator', () => {
  const families = [
    ['StringEquals', 'StringNotEquals'],
    ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    ['StringLike', 'StringNotLike'],
    ['NumericEquals', 'NumericNotEquals'],
    ['DateEquals', 'DateNotEquals'],
  ] as const
  const text = fc.oneof(fc.constantFrom('1', '1.0', '2030-01-01', 'a', 'A', 'a*', ''), fc.string())
  fc.assert(
    fc.property(
      fc.constantFrom(...families),
      fc.array(text, { maxLength: 3 }),
      text,
      (family, values, value) => {
        const [positive, negative] = family.map(operator =>
          compileCondition({ operator, key: 'k', values }, '2008-10-17', 'Allow'),
        )
        const keys = conditionKeys({ k: value })
        assert.notEqual(positive?.(keys), negative?.(keys))
      },
    ),
    { numRuns: 300 },
  )
})

test('IfExists changes nothing but an absent key', () => {
  const operators = [
    'StringLike',
    'StringNotLike',
    'NumericLessThan',
    'IpAddress',
    'ArnNotLike',
    'Bool',
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...operators),
      fc.array(fc.constantFrom('1', 'true', 'a*', '10.0.0.0/8', 'arn:aws:iam::1:user/*'), {
        minLength: 1,
      }),
      fc.constantFrom('1', 'true', 'abc', '10.1.2.3', 'arn:aws:iam::1:user/x', ''),
      (operator, values, value) => {
        const plain = compileCondition({ operator, key: 'k', values }, '2012-10-17', 'Allow')
        const ifExists = compileCondition(
          { operator: `${operator}IfExists`, key: 'k', values },
          '2012-10-17',
          'Allow',
        )
        assert.equal(ifExists(conditionKeys({ k: value })), plain(conditionKeys({ k: value })))
        assert.equal(ifExists(conditionKeys()), true)
      },
    ),
    { numRuns: 200 },
  )
})

test('a condition of an unknown operator holds up no Deny and grants nothing', () => {
  const condition = { operator: 'NoSuchOperator', key: 'k', values: ['x'] }
  assert.equal(compileCondition(condition, '2012-10-17', 'Deny')(conditionKeys()), true)
  assert.equal(compileCondition(condition, '2012-10-17', 'Allow')(conditionKeys({ k: 'x' })), false)
})
