// A policy made ready for decisions: closures instead of text, and per action the statements that
// are about it.
import { type CompiledCondition, compileCondition } from './condition.ts'
import type { ConditionKeys } from './context-keys.ts'
import type { Position } from './position.ts'
import type { Policy, Statement } from './policy.ts'
import { compilePrincipal, type PrincipalBindings, type PrincipalMatcher } from './principal.ts'
import { compileResource, type ResourceMatcher } from './resource.ts'
import { compilePattern } from './wildcard.ts'

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
  /** The statements that are about the action, by effect; `action` in any letter case. */
  readonly statementsFor: (action: string) => ActionStatements
}

/** In the order of the document. */
export type ActionStatements = {
  readonly Allow: readonly CompiledStatement[]
  readonly Deny: readonly CompiledStatement[]
}

export type CompiledStatement = {
  readonly matched: MatchedStatement
  /** Absent where the policy is attached to the principal. */
  readonly names?: PrincipalMatcher
  /** Whether resource and conditions are met. */
  readonly applies: (resource: string, keys: ConditionKeys) => boolean
  /**
   * What the request comes to when this statement allows it: shared, so that a decision allocates
   * nothing.
   */
  readonly allowed: {
    readonly EvalDecision: 'allowed'
    readonly MatchedStatements: readonly MatchedStatement[]
  }
}

/**
 * Callers ask for the actions that they serve. A caller who asks for made-up ones must not fill the
 * memory.
 */
const CACHED_ACTIONS = 1024

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
  const statements = policy.statements.map(statement => ({
    Effect: statement.Effect,
    isAbout: compileAction(statement.action),
    compiled: compileStatement(statement, policy, source, bindings),
  }))
  const cache = new Map<string, ActionStatements>()
  return {
    source,
    statementsFor(action) {
      const cached = cache.get(action)
      if (cached !== undefined) return cached
      const lowerAction = action.toLowerCase()
      const about = statements.filter(({ isAbout }) => isAbout(lowerAction))
      const of = (effect: 'Allow' | 'Deny') =>
        about.filter(({ Effect }) => Effect === effect).map(({ compiled }) => compiled)
      const found = { Allow: of('Allow'), Deny: of('Deny') }
      if (cache.size >= CACHED_ACTIONS) cache.clear()
      cache.set(action, found)
      return found
    },
  }
}

/** Service prefix and name compare without case; the matcher is asked in lower case. */
function compileAction({ element, patterns }: Statement['action']): (action: string) => boolean {
  const matchers = patterns.map(pattern => compilePattern(pattern.toLowerCase()))
  const wanted = element === 'Action'
  return action => matchers.some(matches => matches(action)) === wanted
}

function compileStatement(
  { Sid, Effect, principal, resource, conditions, start, end }: Statement,
  { kind, Version = '2008-10-17' }: Policy,
  source: PolicySource,
  bindings: PrincipalBindings,
): CompiledStatement {
  const matched = Object.freeze({ source, ...(Sid && { Sid }), start, end })
  return {
    matched,
    ...(principal && { names: compilePrincipal(principal, bindings) }),
    applies: compileApplies(
      resource && compileResource(resource, kind, Version),
      conditions.map(condition => compileCondition(condition, Version, Effect)),
    ),
    allowed: Object.freeze({
      EvalDecision: 'allowed',
      MatchedStatements: Object.freeze([matched]),
    }),
  }
}

/** A statement without Resource is of a trust policy: its resource is the role itself. */
function compileApplies(
  matchesResource: ResourceMatcher = () => true,
  conditions: readonly CompiledCondition[],
): CompiledStatement['applies'] {
  return (resource, keys) => {
    if (!matchesResource(resource, keys)) return false
    for (const holds of conditions) if (!holds(keys)) return false
    return true
  }
}
