// One key under one operator, compiled: absent keys, single and multi-valued keys, set operators.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
import { type ConditionKeys, isMultivalued } from './context-keys.ts'
import { parseBool } from './operators/bool.ts'
import type { Operator } from './operators/comparison.ts'
import { findOperator, type OperatorName } from './operators/operators.ts'
import type { Condition, Effect, PolicyVersion } from './policy.ts'

/** Whether a request meets the condition. */
export type CompiledCondition = (keys: ConditionKeys) => boolean

type Test = (value: string, keys: ConditionKeys) => boolean

/**
 * A condition whose operator nobody knows holds for a Deny and for nothing else; no parsed policy
 * has one.
 */
export function compileCondition(
  { operator: name, key, values }: Condition,
  version: PolicyVersion,
  effect: Effect,
): CompiledCondition {
  const found = findOperator(name)
  if (found === undefined) return () => effect === 'Deny'
  const lowerKey = key.toLowerCase()
  switch (found.kind) {
    case 'null':
      return compileNull(lowerKey, values)
    case 'comparison':
      return compileComparison(
        found,
        lowerKey,
        compileTest(found.operator, values, version, effect),
      )
    default:
      return found satisfies never
  }
}

/** An empty value is a value, and so is an empty list. */
function compileNull(key: string, values: readonly string[]): CompiledCondition {
  const wanted = new Set(values.map(parseBool))
  return keys => wanted.has(keys.get(key) === undefined)
}

function compileTest(
  operator: Operator,
  values: readonly string[],
  version: PolicyVersion,
  effect: Effect,
): Test {
  const compare = operator.compile(values, version)
  const negated = operator.negated ?? false
  const results = {
    match: !negated,
    noMatch: negated,
    incomparable: false,
    malformed: effect === 'Deny',
  }
  return (value, keys) => results[compare(value, keys)]
}

function compileComparison(
  { operator, quantifier, ifExists }: Extract<OperatorName, { kind: 'comparison' }>,
  key: string,
  test: Test,
): CompiledCondition {
  const negated = operator.negated ?? false
  switch (quantifier) {
    case 'scalar':
      return compileScalar(key, test, { whenAbsent: negated || ifExists, whenEmpty: negated })
    case 'ForAllValues':
      return keys => {
        const value = keys.get(key)
        if (value === undefined) return true
        if (typeof value === 'string') return test(value, keys)
        for (const one of value) if (!test(one, keys)) return false
        return true
      }
    case 'ForAnyValue':
      // An absent key has no value that could meet the test, with or without IfExists.
      return keys => {
        const value = keys.get(key)
        if (value === undefined) return false
        if (typeof value === 'string') return test(value, keys)
        for (const one of value) if (test(one, keys)) return true
        return false
      }
    default:
      return quantifier satisfies never
  }
}

/** A multi-valued key with values never meets an operator for one value, negated or not. */
function compileScalar(
  key: string,
  test: Test,
  { whenAbsent, whenEmpty }: { whenAbsent: boolean; whenEmpty: boolean },
): CompiledCondition {
  const declaredMultivalued = isMultivalued(key)
  return keys => {
    const value = keys.get(key)
    if (value === undefined) return whenAbsent
    if (typeof value !== 'string') return value.length === 0 && whenEmpty
    return !declaredMultivalued && test(value, keys)
  }
}
