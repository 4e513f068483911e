// The decision. An explicit Deny wins wherever it stands; then every layer that binds the caller
// must allow, in AWS's order.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { CompiledPolicy } from './compile.ts'
import {
  ALLOWED_TO_ROOT,
  type Evaluation,
  type EvaluationRequest,
  IMPLICIT_DENY,
  type Layers,
} from './evaluation.ts'
import { everyLevelAllows, findAllow, findAllowIn, findGrant, type Grant } from './find-allow.ts'
import { findDenial } from './find-denial.ts'
import type { Naming, PrincipalFacts } from './principal.ts'

/** Which layers an Allow of the resource's own policy makes dispensable. */
type Bypass = { readonly identity: boolean; readonly boundary: boolean; readonly session: boolean }

/**
 * The decision on a request. Of the root user no policy needs to allow anything, and no boundary
 * binds it; a resource of another account needs an Allow on both sides.
 */
export function evaluate(request: EvaluationRequest, layers: Layers): Evaluation {
  const denial = findDenial(request, layers, layers.resource, 'resource-based policy')
  if (denial !== undefined) return denial
  const grant = findGrant(request, layers.resource, layers)
  const { principal, resourceAccount = principal.account } = request
  const needsGrant = !hasIdentityLayer(principal) || resourceAccount !== principal.account
  if (needsGrant && grant.naming === 'none') return IMPLICIT_DENY['resource-based policy']
  const bypass =
    resourceAccount === principal.account || !hasIdentityLayer(principal)
      ? bypassOf(grant.naming, principal)
      : NOTHING
  return passLayers(request, layers, bypass, grant)
}

/**
 * The decision on assuming a role: the trust policy must name the caller. In the role's own account
 * naming that user or role is enough, naming the account is not, and from another account it never
 * is; a permissions boundary always has to allow. A role assumes itself only if it is named.
 * @param roleAccount the account that owns the role
 */
export function evaluateTrust(
  request: EvaluationRequest,
  layers: Layers & { readonly trust: CompiledPolicy },
  roleAccount: string,
): Evaluation {
  const denial = findDenial(request, layers, layers.trust, 'role trust policy')
  if (denial !== undefined) return denial
  const grant = findGrant(request, layers.trust, layers)
  if (grant.naming === 'none') return IMPLICIT_DENY['role trust policy']
  const { principal } = request
  // AWS, since 2023: a role that is to assume itself must be named; trust in its account is not enough.
  if (grant.naming === 'account' && principal.arns.includes(request.resource)) {
    return IMPLICIT_DENY['role trust policy']
  }
  if (!hasIdentityLayer(principal)) return passLayers(request, layers, EVERYTHING, grant)
  const direct = principal.account === roleAccount && grant.naming !== 'account'
  return passLayers(
    request,
    layers,
    direct ? { identity: true, boundary: false, session: grant.naming === 'exact' } : NOTHING,
    grant,
  )
}

/** What a resource policy's Allow is worth in the caller's own account. */
function bypassOf(naming: Naming, { kind }: PrincipalFacts): Bypass {
  switch (naming) {
    case 'none':
    case 'account':
      return NOTHING
    case 'entity':
      // A user is named for good; a session of either kind is still bound by its boundary
      // and session policies.
      return kind === 'user' ? EVERYTHING : { identity: true, boundary: false, session: false }
    case 'exact':
      return EVERYTHING
    default:
      return naming satisfies never
  }
}

function passLayers(
  request: EvaluationRequest,
  { rcps, scps, identity, boundary, session }: Layers,
  bypass: Bypass,
  grant: Grant,
): Evaluation {
  if (!everyLevelAllows(rcps, request)) {
    return IMPLICIT_DENY['resource control policy']
  }
  if (!everyLevelAllows(scps, request)) {
    return IMPLICIT_DENY['service control policy']
  }
  const { isRoot } = request.principal
  const allow = isRoot ? undefined : findAllow(identity, request)
  if (!bypass.identity && !isRoot && allow === undefined) {
    return IMPLICIT_DENY['identity-based policy']
  }
  if (
    boundary !== undefined &&
    !bypass.boundary &&
    !isRoot &&
    findAllowIn(boundary, request) === undefined
  ) {
    return IMPLICIT_DENY['permissions boundary']
  }
  if (session !== undefined && !bypass.session && findAllow(session, request) === undefined) {
    return IMPLICIT_DENY['session policy']
  }
  return (allow ?? grant.statement)?.allowed ?? ALLOWED_TO_ROOT
}

/** Services, identity providers' users and anonymous callers have no policies of their own. */
function hasIdentityLayer({ kind }: PrincipalFacts): boolean {
  return kind === 'user' || kind === 'role' || kind === 'root' || kind === 'federatedUser'
}

const NOTHING: Bypass = { identity: false, boundary: false, session: false }
const EVERYTHING: Bypass = { identity: true, boundary: true, session: true }
