// What a decision is asked and what it answers.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { CompiledPolicy, MatchedStatement } from './compile.ts'
import type { ConditionKeys } from './context-keys.ts'
import type { PrincipalFacts } from './principal.ts'

/** One action on one resource by one caller. */
export type EvaluationRequest = {
  /** `iam:CreateUser` */
  readonly action: string
  /** The resource's ARN, or `*` for an action that has none. */
  readonly resource: string
  /** The account that owns the resource. Absent: the caller's own. */
  readonly resourceAccount?: string
  readonly keys: ConditionKeys
  readonly principal: PrincipalFacts
}

/**
 * The policies that bear on a request. An absent layer does not bind; one that is there and allows
 * nothing denies.
 */
export type Layers = {
  /** Those of the user and its groups, or of the role. */
  readonly identity: readonly CompiledPolicy[]
  readonly boundary?: CompiledPolicy
  /** Those passed when the session was made. */
  readonly session?: readonly CompiledPolicy[]
  readonly resource?: CompiledPolicy
  /**
   * Service control policies per level: root, organizational units, account. Each level must allow.
   */
  readonly scps?: Levels
  /** Resource control policies per level of the resource's account. */
  readonly rcps?: Levels
}

/** Policies of an organization, level by level, root first. */
export type Levels = readonly (readonly CompiledPolicy[])[]

/** The kinds of policy, as AWS's denials call them. */
export type PolicyLayer =
  | 'identity-based policy'
  | 'permissions boundary'
  | 'session policy'
  | 'resource-based policy'
  | 'service control policy'
  | 'resource control policy'
  | 'role trust policy'

/**
 * What a request comes to, in SimulatePrincipalPolicy's words. MatchedStatements is the statement
 * that decided: the first Deny, or the first Allow of the layer that granted; empty where nothing
 * allowed, and for the root user, whom no policy needs to allow.
 */
export type Evaluation =
  | {
      readonly EvalDecision: 'allowed'
      readonly MatchedStatements: readonly MatchedStatement[]
    }
  | {
      readonly EvalDecision: 'explicitDeny' | 'implicitDeny'
      /** The layer that a denial names: the one with the Deny, or the first that did not allow. */
      readonly deniedBy: PolicyLayer
      readonly MatchedStatements: readonly MatchedStatement[]
    }

/** What no statement had to allow. */
export const ALLOWED_TO_ROOT: Evaluation = Object.freeze({
  EvalDecision: 'allowed',
  MatchedStatements: Object.freeze([]),
})

/** One answer per layer that can be the first not to allow: shared, for they all say the same. */
export const IMPLICIT_DENY: Readonly<Record<PolicyLayer, Evaluation>> = {
  'identity-based policy': implicitDeny('identity-based policy'),
  'permissions boundary': implicitDeny('permissions boundary'),
  'session policy': implicitDeny('session policy'),
  'resource-based policy': implicitDeny('resource-based policy'),
  'service control policy': implicitDeny('service control policy'),
  'resource control policy': implicitDeny('resource control policy'),
  'role trust policy': implicitDeny('role trust policy'),
}

function implicitDeny(deniedBy: PolicyLayer): Evaluation {
  return Object.freeze({
    EvalDecision: 'implicitDeny',
    deniedBy,
    MatchedStatements: Object.freeze([]),
  })
}
