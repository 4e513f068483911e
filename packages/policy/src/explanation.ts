// A decision told in full: the steps that led to it, the statements and conditions that were looked
// at, and what the request did not say.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { MatchedStatement } from './compile.ts'
import type { Evaluation, PolicyLayer } from './evaluation.ts'
import type { Effect } from './policy.ts'

export type Explanation = {
  /** Exactly what `evaluate` answers. */
  readonly evaluation: Evaluation
  /**
   * In AWS's order, as far as the decision needed them. An explicit deny falls at the first step:
   * then these are the layers that hold a Deny which applies, and the first one is named.
   */
  readonly steps: readonly Step[]
  /**
   * All statements that produced the decision: the Denies that apply; where nothing denied, the
   * Allows of the caller's policies and of the resource's own; none of an implicit deny.
   */
  readonly matchedStatements: readonly MatchedStatement[]
  /**
   * Keys that the request does not have, spelled as the policies do: of conditions and variables of
   * statements that apply, or might if it had them.
   */
  readonly missingKeys: readonly string[]
}

/** What one layer said. Levels of an organization count from its root, which is 0. */
export type Step = {
  readonly layer: PolicyLayer
  readonly level?: number
  /**
   * A layer that `does not allow` is where the decision fell, if it is the last step; a resource's
   * own policy need not allow in the caller's account. `dispensable` is one that does not allow and
   * that the grant of a resource's own policy overrides.
   */
  readonly outcome: 'allows' | 'denies' | 'does not allow' | 'dispensable'
  /** Those about the action, Denies first. */
  readonly statements: readonly ExaminedStatement[]
}

/** A statement about the action, and whether the rest of it is about the request too. */
export type ExaminedStatement = {
  readonly statement: MatchedStatement
  readonly effect: Effect
  readonly namesCaller: boolean
  readonly matchesResource: boolean
  readonly conditions: readonly ExaminedCondition[]
  readonly applies: boolean
}

/** One key under one operator, the values as they are written, and what the request says. */
export type ExaminedCondition = {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
  readonly actual: string | readonly string[] | undefined
  readonly holds: boolean
}
