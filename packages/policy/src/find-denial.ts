// The first step of every decision: is there an explicit Deny?
import type { CompiledPolicy } from './compile.ts'
import type { Evaluation, EvaluationRequest, Layers, Levels, PolicyLayer } from './evaluation.ts'

/**
 * The first Deny, in the order of AWS's evaluation; a role's trust policy stands where a resource's
 * policy does.
 */
export function findDenial(
  request: EvaluationRequest,
  { rcps, scps, identity, boundary, session }: Layers,
  resource: CompiledPolicy | undefined,
  resourceLayer: PolicyLayer,
): Evaluation | undefined {
  const hasBoundary = boundary !== undefined
  return (
    denyInLevels(rcps, request, 'resource control policy', hasBoundary) ??
    denyInLevels(scps, request, 'service control policy', hasBoundary) ??
    (resource && denyIn(resource, request, resourceLayer, hasBoundary)) ??
    denyInAny(identity, request, 'identity-based policy', hasBoundary) ??
    (boundary && denyIn(boundary, request, 'permissions boundary', hasBoundary)) ??
    (session && denyInAny(session, request, 'session policy', hasBoundary))
  )
}

function denyInLevels(
  levels: Levels | undefined,
  request: EvaluationRequest,
  layer: PolicyLayer,
  hasBoundary: boolean,
): Evaluation | undefined {
  for (const level of levels ?? NO_LEVELS) {
    const denial = denyInAny(level, request, layer, hasBoundary)
    if (denial !== undefined) return denial
  }
  return undefined
}

function denyInAny(
  policies: readonly CompiledPolicy[],
  request: EvaluationRequest,
  layer: PolicyLayer,
  hasBoundary: boolean,
): Evaluation | undefined {
  for (const policy of policies) {
    const denial = denyIn(policy, request, layer, hasBoundary)
    if (denial !== undefined) return denial
  }
  return undefined
}

function denyIn(
  policy: CompiledPolicy,
  { action, resource, keys, principal }: EvaluationRequest,
  layer: PolicyLayer,
  hasBoundary: boolean,
): Evaluation | undefined {
  for (const { names, applies, matched } of policy.statementsFor(action).Deny) {
    if (names !== undefined && names(principal, hasBoundary) === 'none') continue
    if (applies(resource, keys)) {
      return { EvalDecision: 'explicitDeny', deniedBy: layer, MatchedStatements: [matched] }
    }
  }
  return undefined
}

const NO_LEVELS: Levels = []
