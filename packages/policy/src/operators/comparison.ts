// How one value of a request compares with all values that a policy gives for its key.
import type { ConditionKeys } from '../context-keys.ts'
import type { PolicyVersion } from '../policy.ts'

/**
 * - `match`, `noMatch`: some value of the policy is met, or none is.
 * - `incomparable`: the request's value is of another kind; neither the operator nor its negation
 *   holds.
 * - `malformed`: the policy's value is; such a condition cannot grant, and does not hold up a Deny.
 */
export type Outcome = 'match' | 'noMatch' | 'incomparable' | 'malformed'

export type Comparison = (value: string, keys: ConditionKeys) => Outcome

/** One family of operators. */
export type Operator = {
  /** Prepares the policy's values; those that can't be read meet nothing. */
  readonly compile: (values: readonly string[], version: PolicyVersion) => Comparison
  /** Whether IAM stores `value`; absent where it stores any text. */
  readonly isStorable?: (value: string) => boolean
  readonly negated?: true
  /** Whether policy variables in its values are replaced. */
  readonly takesVariables?: true
}

export const outcome = (matches: boolean): Outcome => (matches ? 'match' : 'noMatch')
