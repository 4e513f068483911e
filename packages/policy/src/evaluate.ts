// The decision. An explicit Deny wins wherever it stands; then every layer that binds the caller
// must allow, in AWS's order.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { Bypass } from './bypass.ts'
import type { CompiledStatement } from './compile.ts'
import {
  ALLOWED_BY_RIGHT,
  type Evaluation,
  type EvaluationRequest,
  IMPLICIT_DENY,
  type Layers,
  type TrustLayers,
} from './evaluation.ts'
import { everyLevelAllows, findAllow, findGrant, namingBy } from './find-allow.ts'
import { findDenial } from './find-denial.ts'
import { rcpsThatBind, scpsThatBind } from './organization.ts'
import { RESOURCE_POLICY, type ResourceSide, TRUST_POLICY } from './resource-side.ts'

/**
 * The decision on a request. Of the root user no policy needs to allow anything, and no boundary
 * binds it; a resource of another account needs an Allow on both sides.
 */
export function evaluate(request: EvaluationRequest, layers: Layers): Evaluation {
  const owner = request.resourceAccount ?? request.principal.account
  return decide(request, layers, RESOURCE_POLICY, owner)
}

/**
 * The decision on assuming a role: the trust policy must name the caller, and what else must allow
 * depends on how it does.
 * @param roleAccount the account that owns the role
 */
export function evaluateTrust(
  request: EvaluationRequest,
  layers: TrustLayers,
  roleAccount: string,
): Evaluation {
  return decide(request, layers, TRUST_POLICY, roleAccount)
}

function decide(
  request: EvaluationRequest,
  layers: Layers | TrustLayers,
  side: ResourceSide,
  owner: string,
): Evaluation {
  const denial = findDenial(request, layers, side, owner)
  if (denial !== undefined) return denial
  if (!everyLevelAllows(rcpsThatBind(request, layers, owner), request)) {
    return IMPLICIT_DENY['resource control policy']
  }
  if (!everyLevelAllows(scpsThatBind(request, layers), request)) {
    return IMPLICIT_DENY['service control policy']
  }
  const hasBoundary = layers.boundary !== undefined
  const grant = findGrant(request, side.policiesOf(layers), hasBoundary)
  const bypass = side.bypassOf(request, namingBy(grant, request, hasBoundary), owner)
  if (bypass === undefined) return IMPLICIT_DENY[side.layer]
  return passOwnLayers(request, layers, bypass, grant)
}

/** The layers of the caller's own, where the resource's side let the request past. */
function passOwnLayers(
  request: EvaluationRequest,
  { identity, boundary, session }: Layers,
  bypass: Bypass,
  grant: CompiledStatement | undefined,
): Evaluation {
  const { isRoot } = request.principal
  const allow = isRoot ? undefined : findAllow(identity, request)
  if (!bypass.identity && !isRoot && allow === undefined) {
    return IMPLICIT_DENY['identity-based policy']
  }
  if (boundary !== undefined && !bypass.boundary && !isRoot && !allows(boundary, request)) {
    return IMPLICIT_DENY['permissions boundary']
  }
  if (session !== undefined && !bypass.session && !allows(session, request)) {
    return IMPLICIT_DENY['session policy']
  }
  return (allow ?? grant)?.allowed() ?? ALLOWED_BY_RIGHT
}

function allows(policies: Layers['identity'], request: EvaluationRequest): boolean {
  return findAllow(policies, request) !== undefined
}
