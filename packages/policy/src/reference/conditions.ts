// The Condition element: every key under every operator must be met.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
import type { ConditionKeys } from '../context-keys.ts'
import type { Condition, Policy, Statement } from '../policy.ts'
import { isMultivalued } from './cardinality.ts'
import { type Against, type Answer, findComparison } from './comparisons.ts'
import { isTrue } from './values/booleans.ts'

/** Whether all conditions of the statement are met. */
export function meetsConditions(
  { conditions, Effect }: Statement,
  policy: Policy,
  keys: ConditionKeys,
): boolean {
  return conditions.every(condition =>
    condition.operator === 'Null'
      ? meetsNull(condition, keys)
      : meetsOperator(condition, { policy, keys, Effect }),
  )
}

/** Null asks whether the key is absent: one that is there may have an empty value, or none. */
function meetsNull({ key, values }: Condition, keys: ConditionKeys): boolean {
  const isAbsent = keys.get(key.toLowerCase()) === undefined
  return values.some(value => isTrue(value) === isAbsent)
}

/** What an operator's name is made of, as in `ForAnyValue:StringNotLikeIfExists`. */
type OperatorName = {
  readonly setOperator: 'ForAllValues' | 'ForAnyValue' | undefined
  readonly comparison: string
  readonly isNegated: boolean
  readonly ifExists: boolean
}

/** `Not` is in front of an address and after the name of every other type. */
function readOperator(operator: string): OperatorName {
  const [prefix, rest] = operator.includes(':') ? operator.split(':') : [undefined, operator]
  const ifExists = rest?.endsWith('IfExists') ?? false
  const name = ifExists ? rest?.slice(0, -'IfExists'.length) : rest
  return {
    setOperator: prefix === 'ForAllValues' || prefix === 'ForAnyValue' ? prefix : undefined,
    comparison: name?.replace('Not', '') ?? '',
    isNegated: name?.includes('Not') ?? false,
    ifExists,
  }
}

function meetsOperator({ operator, key, values }: Condition, against: Against): boolean {
  const { setOperator, comparison, isNegated, ifExists } = readOperator(operator)
  const compare = findComparison(comparison)
  // No stored policy has an operator that AWS does not know. A Deny with one would hold.
  if (compare === undefined) return against.Effect === 'Deny'
  const isMet = (value: string) => meets(compare(value, values, against), isNegated, against)
  const name = key.toLowerCase()
  const value = against.keys.get(name)

  switch (setOperator) {
    case 'ForAllValues':
      // What is not there has no value that would fail.
      return value === undefined || [value].flat().every(isMet)
    case 'ForAnyValue':
      // What is not there has no value that could do, also with IfExists.
      return value !== undefined && [value].flat().some(isMet)
    case undefined:
      if (value === undefined) return isNegated || ifExists
      if (typeof value !== 'string') return value.length === 0 && isNegated
      return !isMultivalued(name) && isMet(value)
    default:
      return setOperator satisfies never
  }
}

/**
 * A negated operator is met where the positive one is not, but for values that cannot be compared at
 * all: those meet neither. What a policy writes wrongly cannot grant and does not hold up a Deny.
 */
function meets(answer: Answer, isNegated: boolean, { Effect }: Against): boolean {
  switch (answer) {
    case 'equal':
      return !isNegated
    case 'unequal':
      return isNegated
    case 'incomparable request':
      return false
    case 'malformed policy':
      return Effect === 'Deny'
    default:
      return answer satisfies never
  }
}
