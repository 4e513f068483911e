// Who allows: a policy of the principal, every level of an organization, or the resource's own
// policy.
import type { CompiledPolicy, CompiledStatement } from './compile.ts'
import type { EvaluationRequest, Layers, Levels } from './evaluation.ts'
import { type Naming, strongerNaming } from './principal.ts'

/** The Allow of a resource's policy, and how it names the caller. */
export type Grant = { readonly naming: Naming; readonly statement?: CompiledStatement }

/** The strongest naming by any Allow of the resource's policy. */
export function findGrant(
  { action, resource, keys, principal }: EvaluationRequest,
  policy: CompiledPolicy | undefined,
  { boundary }: Layers,
): Grant {
  let grant = NO_GRANT
  if (policy === undefined) return grant
  for (const statement of policy.statementsFor(action).Allow) {
    const naming = statement.names?.(principal, boundary !== undefined) ?? 'none'
    if (strongerNaming(grant.naming, naming) === grant.naming) continue
    if (statement.applies(resource, keys)) grant = { naming, statement }
  }
  return grant
}

/** Whether each level has an Allow; an organization without levels does not bind. */
export function everyLevelAllows(levels: Levels | undefined, request: EvaluationRequest): boolean {
  for (const level of levels ?? NO_LEVELS) if (findAllow(level, request) === undefined) return false
  return true
}

/** The first Allow of several policies. */
export function findAllow(
  policies: readonly CompiledPolicy[],
  request: EvaluationRequest,
): CompiledStatement | undefined {
  for (const policy of policies) {
    const statement = findAllowIn(policy, request)
    if (statement !== undefined) return statement
  }
  return undefined
}

/** The first Allow of one policy. */
export function findAllowIn(
  policy: CompiledPolicy,
  { action, resource, keys }: EvaluationRequest,
): CompiledStatement | undefined {
  for (const statement of policy.statementsFor(action).Allow) {
    if (statement.applies(resource, keys)) return statement
  }
  return undefined
}

const NO_LEVELS: Levels = []

const NO_GRANT: Grant = { naming: 'none' }
