// A policy made ready for decisions: closures instead of text.
import { type ActionMatcher, compileAction } from './action.ts'
import { type CompiledCondition, compileCondition } from './condition.ts'
import type { ConditionKeys } from './context-keys.ts'
import type { Evaluation, PolicyLayer } from './evaluation.ts'
import type { Position } from './position.ts'
import type { Effect, Policy, PolicyVersion, Statement } from './policy.ts'
import { compilePrincipal, type PrincipalBindings, type PrincipalMatcher } from './principal.ts'
import { compileResource, type ResourceMatcher } from './resource.ts'

/** How decisions name the policy that a statement is of. */
export type PolicySource = {
  readonly type:
    | 'managed'
    | 'inline'
    | 'boundary'
    | 'trust'
    | 'session'
    | 'resource'
    | 'scp'
    | 'rcp'
  readonly name: string
  readonly arn?: string
}

/** A statement that took part in a decision. */
export type MatchedStatement = {
  readonly source: PolicySource
  readonly Sid?: string
  /** Where the token before the statement ends, as SimulatePrincipalPolicy reports it. */
  readonly start: Position
  readonly end: Position
}

/** A policy ready to be evaluated. Make it once per document and keep it. */
export type CompiledPolicy = {
  readonly source: PolicySource
  /** As it was parsed. */
  readonly policy: Policy
  /** In the order of the document. */
  readonly statements: readonly PolicyStatement[]
}

/** A statement of a policy, as an index needs it. */
export type PolicyStatement = {
  readonly Effect: Effect
  readonly action: ActionMatcher
  /** Compiled when the first action asks for it, and then kept: most statements are never asked. */
  readonly compiled: () => CompiledStatement
}

export type CompiledStatement = {
  /** As it was parsed. */
  readonly statement: Statement
  /** Of its document. */
  readonly version: PolicyVersion
  readonly matched: MatchedStatement
  /** Absent where the policy is about whoever asks: attached to the principal, or to an organization. */
  readonly names?: PrincipalMatcher
  readonly matchesResource: ResourceMatcher
  /** In the order of the statement's own. */
  readonly conditions: readonly CompiledCondition[]
  /**
   * What a request comes to when this statement allows it, or denies it in a layer: made once and
   * shared, so that a decision allocates nothing.
   */
  readonly allowed: () => Evaluation
  readonly deniedIn: (layer: PolicyLayer) => Evaluation
}

/**
 * Compiles a policy.
 * @param options bindings: for a trust policy, the unique id to which each principal ARN was bound
 *   when the policy was saved. Such an entry names only a caller of that id, so a user who was
 *   deleted and made again is a stranger
 */
export function compilePolicy(
  policy: Policy,
  source: PolicySource,
  { bindings = {} }: { bindings?: PrincipalBindings } = {},
): CompiledPolicy {
  return {
    source,
    policy,
    statements: policy.statements.map(statement => {
      let compiled: CompiledStatement | undefined
      return {
        Effect: statement.Effect,
        action: compileAction(statement.action),
        compiled: () => (compiled ??= compileStatement(statement, policy, source, bindings)),
      }
    }),
  }
}

/** Whether resource and conditions are met. */
export function applies(
  { matchesResource, conditions }: CompiledStatement,
  resource: string,
  keys: ConditionKeys,
): boolean {
  if (!matchesResource(resource, keys)) return false
  for (const holds of conditions) if (!holds(keys)) return false
  return true
}

function compileStatement(
  statement: Statement,
  { kind, Version = '2008-10-17' }: Policy,
  source: PolicySource,
  bindings: PrincipalBindings,
): CompiledStatement {
  const { Sid, Effect, principal, resource, conditions, start, end } = statement
  const matched = Sid ? { source, Sid, start, end } : { source, start, end }
  const matchesResource = resource ? compileResource(resource, kind, Version) : matchesTheRole
  return {
    statement,
    version: Version,
    matched,
    // A resource control policy is about everybody, users of identity providers too, and says so in
    // whatever form.
    ...(principal && kind !== 'rcp' && { names: compilePrincipal(principal, bindings) }),
    matchesResource,
    conditions: conditions.map(condition => compileCondition(condition, Version, Effect)),
    ...answersBy(matched),
  }
}

/** A statement without Resource is of a trust policy: its resource is the role itself. */
const matchesTheRole: ResourceMatcher = () => true

/** Frozen, for whoever gets one holds what the next will get. */
function answersBy(matched: MatchedStatement): Pick<CompiledStatement, 'allowed' | 'deniedIn'> {
  const evaluation = <Answer extends object>(answer: Answer) =>
    Object.freeze({
      ...answer,
      MatchedStatements: Object.freeze([Object.freeze(matched)]),
    })
  let allowed: Evaluation | undefined
  const denied: Partial<Record<PolicyLayer, Evaluation>> = {}
  return {
    allowed: () => (allowed ??= evaluation({ EvalDecision: 'allowed' })),
    deniedIn: layer =>
      (denied[layer] ??= evaluation({ EvalDecision: 'explicitDeny', deniedBy: layer })),
  }
}
