// What a decision is asked and what it answers.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { MatchedStatement } from './compile.ts'
import type { ConditionKeys } from './context-keys.ts'
import type { PolicySet } from './policy-set.ts'
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
  /**
   * The management account of the organization: service control policies do not bind its
   * principals, resource control policies do not protect its resources.
   */
  readonly managementAccount?: string
  /**
   * For services like KMS: nothing is allowed unless the resource's own policy allows it, to the
   * caller or to the caller's account.
   */
  readonly needsResourcePolicy?: boolean
}

/**
 * The policies that bear on a request. An absent layer does not bind; one that is there and allows
 * nothing denies.
 */
export type Layers = {
  /** Those of the user and its groups, or of the role. */
  readonly identity: PolicySet
  readonly boundary?: PolicySet
  /**
   * Those passed when the session was made. A session of GetFederationToken always has this layer,
   * with or without policies in it.
   */
  readonly session?: PolicySet
  /** The task policy of AssumeRoot: only its Denies bind, what it does not allow it does not deny. */
  readonly task?: PolicySet
  readonly resource?: PolicySet
  /**
   * Service control policies per level: root, organizational units, account. Each level must allow.
   */
  readonly scps?: readonly PolicySet[]
  /** Resource control policies per level of the resource's account. */
  readonly rcps?: readonly PolicySet[]
}

/** Those of an assumption of a role, which has a trust policy where resources have theirs. */
export type TrustLayers = Layers & { readonly trust: PolicySet }

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

/** What the root user may by its own right: no statement had to allow it. */
export const ALLOWED_BY_RIGHT: Evaluation = Object.freeze({
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
