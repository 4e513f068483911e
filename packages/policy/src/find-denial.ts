// The first step of every decision: is there an explicit Deny?
import { applies, type CompiledStatement } from './compile.ts'
import type { Evaluation, EvaluationRequest, Layers, PolicyLayer } from './evaluation.ts'
import { rcpsThatBind, scpsThatBind } from './organization.ts'
import type { PolicySet } from './policy-set.ts'
import type { ResourceSide } from './resource-side.ts'

/**
 * The first Deny, in the order of AWS's evaluation.
 * @param owner the account that owns the resource
 */
export function findDenial(
  request: EvaluationRequest,
  layers: Layers,
  { layer, policiesOf }: ResourceSide,
  owner: string,
): Evaluation | undefined {
  const { identity, boundary, session, task } = layers
  const hasBoundary = boundary !== undefined
  return (
    denyInLevels(rcpsThatBind(request, layers, owner), request, 'resource control policy') ??
    denyInLevels(scpsThatBind(request, layers), request, 'service control policy') ??
    denyIn(policiesOf(layers), request, layer, hasBoundary) ??
    denyIn(identity, request, 'identity-based policy', hasBoundary) ??
    denyIn(boundary, request, 'permissions boundary', hasBoundary) ??
    denyIn(session, request, 'session policy', hasBoundary) ??
    denyIn(task, request, 'session policy', hasBoundary)
  )
}

/** Whether the Deny is about the caller, where it names one, and about resource and conditions. */
export function denies(
  statement: CompiledStatement,
  { resource, keys, principal }: EvaluationRequest,
  hasBoundary: boolean,
): boolean {
  const named = statement.names === undefined || statement.names(principal, hasBoundary) !== 'none'
  return named && applies(statement, resource, keys)
}

function denyInLevels(
  levels: readonly PolicySet[],
  request: EvaluationRequest,
  layer: PolicyLayer,
): Evaluation | undefined {
  for (const level of levels) {
    const denial = denyIn(level, request, layer, false)
    if (denial !== undefined) return denial
  }
  return undefined
}

function denyIn(
  policies: PolicySet | undefined,
  request: EvaluationRequest,
  layer: PolicyLayer,
  hasBoundary: boolean,
): Evaluation | undefined {
  if (policies === undefined) return undefined
  for (const statement of policies.statementsFor(request.action).Deny) {
    if (denies(statement, request, hasBoundary)) return statement.deniedIn(layer)
  }
  return undefined
}
