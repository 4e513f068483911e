// Who allows: a policy of the principal, every level of an organization, or the resource's own
// policy.
import { applies, type CompiledStatement } from './compile.ts'
import type { EvaluationRequest } from './evaluation.ts'
import type { PolicySet } from './policy-set.ts'
import { type Naming, strongerNaming } from './principal.ts'

/** The Allow of the resource's policy that names the caller in the strongest form. */
export function findGrant(
  { action, resource, keys, principal }: EvaluationRequest,
  policies: PolicySet | undefined,
  hasBoundary: boolean,
): CompiledStatement | undefined {
  if (policies === undefined) return undefined
  let grant: CompiledStatement | undefined
  let strongest: Naming = 'none'
  for (const statement of policies.statementsFor(action).Allow) {
    const naming = statement.names?.(principal, hasBoundary) ?? 'none'
    if (strongerNaming(strongest, naming) === strongest) continue
    if (!applies(statement, resource, keys)) continue
    grant = statement
    strongest = naming
  }
  return grant
}

/** How a grant names the caller; `none` where there is no grant. */
export function namingBy(
  grant: CompiledStatement | undefined,
  { principal }: EvaluationRequest,
  hasBoundary: boolean,
): Naming {
  return grant?.names?.(principal, hasBoundary) ?? 'none'
}

/** Whether each level has an Allow; an organization without levels does not bind. */
export function everyLevelAllows(
  levels: readonly PolicySet[],
  request: EvaluationRequest,
): boolean {
  for (const level of levels) if (findAllow(level, request) === undefined) return false
  return true
}

/** The first Allow. */
export function findAllow(
  policies: PolicySet,
  { action, resource, keys }: EvaluationRequest,
): CompiledStatement | undefined {
  for (const statement of policies.statementsFor(action).Allow) {
    if (applies(statement, resource, keys)) return statement
  }
  return undefined
}
