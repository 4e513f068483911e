// The specification as a program: AWS's evaluation logic, step by step and in AWS's order, over
// parsed documents. Nothing is compiled, cached, indexed or shared with the engine but the types, so
// that where the two agree, both are believed. Slow, and meant to be read.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { Evaluation, EvaluationRequest, PolicyLayer } from './evaluation.ts'
import type { Effect, Policy, Statement } from './policy.ts'
import type { PrincipalBindings, PrincipalFacts } from './principal.ts'
import { matchesAction } from './reference/actions.ts'
import { meetsConditions } from './reference/conditions.ts'
import { type Naming, namingOf, strongest } from './reference/principals.ts'
import { matchesResource, segmentsOf } from './reference/resources.ts'

/** The documents that bear on a request. Absent is not the same as empty. */
export type ReferenceLayers = {
  readonly identity: readonly Policy[]
  readonly boundary?: readonly Policy[]
  readonly session?: readonly Policy[]
  readonly task?: readonly Policy[]
  readonly resource?: readonly Policy[]
  /** Level by level, root first. */
  readonly scps?: readonly (readonly Policy[])[]
  readonly rcps?: readonly (readonly Policy[])[]
  /** The unique ids to which the resource or trust policy's principals were bound. */
  readonly bindings?: PrincipalBindings
}

/** The decision without the statements that made it. */
export type ReferenceDecision = {
  readonly EvalDecision: Evaluation['EvalDecision']
  readonly deniedBy?: PolicyLayer
}

/** One layer as the order of evaluation sees it. */
type Layer = { readonly name: PolicyLayer; readonly policies: readonly Policy[] }

/** Which layers the resource's own policy makes dispensable by allowing. */
type Dispensable = {
  readonly identity: boolean
  readonly boundary: boolean
  readonly session: boolean
}

const ALL_NEEDED: Dispensable = { identity: false, boundary: false, session: false }
const NONE_NEEDED: Dispensable = { identity: true, boundary: true, session: true }

/** Whether the request is allowed, and by which layer it is denied. */
export function decide(request: EvaluationRequest, layers: ReferenceLayers): ReferenceDecision {
  const { principal, resourceAccount = principal.account } = request
  const binding = whatBinds(request, layers, resourceAccount)
  const resource: Layer = { name: 'resource-based policy', policies: layers.resource ?? [] }

  const denied = explicitDeny(request, binding, resource)
  if (denied !== undefined) return denied

  const grant = strongestAllow(request, binding, resource.policies)
  const isCrossAccount = hasIdentityPolicies(principal) && resourceAccount !== principal.account
  const needsGrant =
    isCrossAccount || !hasIdentityPolicies(principal) || request.needsResourcePolicy === true
  const isGranted = grant !== 'none' && !(isCrossAccount && leavesPartition(request))
  const dispensable = isCrossAccount ? ALL_NEEDED : whatAllowIsWorth(grant, principal)

  return whatAllows(request, binding, {
    grantIsMissing: needsGrant && !isGranted,
    grantLayer: resource.name,
    dispensable,
  })
}

/**
 * Whether the caller may assume the role: here the role's trust policy is the resource's policy, and
 * nothing is possible without it.
 */
export function decideTrust(
  request: EvaluationRequest,
  layers: ReferenceLayers & { readonly trust: readonly Policy[] },
  roleAccount: string,
): ReferenceDecision {
  const { principal } = request
  const binding = whatBinds(request, layers, roleAccount)
  const trust: Layer = { name: 'role trust policy', policies: layers.trust }

  const denied = explicitDeny(request, binding, trust)
  if (denied !== undefined) return denied

  const grant = strongestAllow(request, binding, trust.policies)
  const isCrossAccount = hasIdentityPolicies(principal) && roleAccount !== principal.account
  // A role that trusts its account does not yet trust itself: it has to be named.
  const isUnnamedSelf = grant === 'account' && principal.arns.includes(request.resource)
  const isGranted =
    grant !== 'none' && !isUnnamedSelf && !(isCrossAccount && leavesPartition(request))

  return whatAllows(request, binding, {
    grantIsMissing: !isGranted,
    grantLayer: trust.name,
    dispensable: whatTrustIsWorth(grant, principal, isCrossAccount),
  })
}

/** Layers that bind this caller of this resource: the others might as well not be there. */
function whatBinds(
  request: EvaluationRequest,
  layers: ReferenceLayers,
  owner: string,
): ReferenceLayers {
  const { scps, rcps, ...others } = layers
  return {
    ...others,
    ...(scps && !escapesScps(request) && { scps }),
    ...(rcps && !escapesRcps(request, owner) && { rcps }),
  }
}

/**
 * Principals of the management account and service-linked roles, and whoever is no principal of an
 * account: services that call for themselves, users of identity providers, anonymous callers.
 */
function escapesScps({ principal, managementAccount }: EvaluationRequest): boolean {
  return (
    !hasIdentityPolicies(principal) ||
    principal.isServiceLinked === true ||
    principal.account === managementAccount
  )
}

/**
 * Resources of the management account, service-linked roles and the services that assume them, and
 * kms:RetireGrant.
 */
function escapesRcps(
  { action, resource, principal, managementAccount }: EvaluationRequest,
  owner: string,
): boolean {
  return (
    principal.isServiceLinked === true ||
    (principal.kind === 'service' && isServiceLinkedRole(resource)) ||
    owner === managementAccount ||
    action.toLowerCase() === 'kms:retiregrant'
  )
}

function isServiceLinkedRole(resource: string): boolean {
  const [, , service, , , role = ''] = segmentsOf(resource)
  return service === 'iam' && role.startsWith('role/aws-service-role/')
}

/** Step 1: a Deny in any policy of any kind that applies. The first in AWS's order is named. */
function explicitDeny(
  request: EvaluationRequest,
  { rcps = [], scps = [], identity, boundary, session = [], task = [], bindings }: ReferenceLayers,
  resource: Layer,
): ReferenceDecision | undefined {
  const inOrder: readonly Layer[] = [
    { name: 'resource control policy', policies: rcps.flat() },
    { name: 'service control policy', policies: scps.flat() },
    resource,
    { name: 'identity-based policy', policies: identity },
    { name: 'permissions boundary', policies: boundary ?? [] },
    { name: 'session policy', policies: [...session, ...task] },
  ]
  const about = { ...request, hasBoundary: boundary !== undefined, bindings }
  const denying = inOrder.find(({ policies }) => has('Deny', policies, about))
  return denying && { EvalDecision: 'explicitDeny', deniedBy: denying.name }
}

/** Steps 2 to 8: every layer that binds and is not dispensable must allow. */
function whatAllows(
  request: EvaluationRequest,
  { rcps = [], scps = [], identity, boundary, session }: ReferenceLayers,
  grant: {
    readonly grantIsMissing: boolean
    readonly grantLayer: PolicyLayer
    readonly dispensable: Dispensable
  },
): ReferenceDecision {
  const { principal } = request
  const { dispensable } = grant
  const allows = (policies: readonly Policy[]) => has('Allow', policies, request)

  if (!rcps.every(allows)) return implicitDeny('resource control policy')
  if (!scps.every(allows)) return implicitDeny('service control policy')
  if (grant.grantIsMissing) return implicitDeny(grant.grantLayer)
  if (!hasIdentityPolicies(principal)) return { EvalDecision: 'allowed' }
  if (!principal.isRoot && !dispensable.identity && !allows(identity)) {
    return implicitDeny('identity-based policy')
  }
  if (!principal.isRoot && boundary && !dispensable.boundary && !allows(boundary)) {
    return implicitDeny('permissions boundary')
  }
  if (session && !dispensable.session && !allows(session)) return implicitDeny('session policy')
  return { EvalDecision: 'allowed' }
}

function implicitDeny(deniedBy: PolicyLayer): ReferenceDecision {
  return { EvalDecision: 'implicitDeny', deniedBy }
}

/**
 * In one account, what an Allow of the resource's policy is worth depends on the principal that it
 * names: the account only delegates; a user is a user for good, while the session of a role or of a
 * federated user named by its role or user stays within boundary and session policies; a session or
 * everybody needs nothing more.
 */
function whatAllowIsWorth(grant: Naming, { kind }: PrincipalFacts): Dispensable {
  if (grant === 'none' || grant === 'account') return ALL_NEEDED
  if (grant === 'exact' || kind === 'user') return NONE_NEEDED
  return { identity: true, boundary: false, session: false }
}

/**
 * The same for a trust policy: from another account it is only half of what is needed, and a
 * boundary has to allow sts:AssumeRole even for a user whom the trust policy names.
 */
function whatTrustIsWorth(
  grant: Naming,
  principal: PrincipalFacts,
  isCrossAccount: boolean,
): Dispensable {
  if (isCrossAccount) return ALL_NEEDED
  return { ...whatAllowIsWorth(grant, principal), session: grant === 'exact', boundary: false }
}

/** Services, identity providers' users and anonymous callers have no policies of their own. */
function hasIdentityPolicies({ kind }: PrincipalFacts): boolean {
  return kind === 'root' || kind === 'user' || kind === 'role' || kind === 'federatedUser'
}

/** Accounts of different partitions share nothing. */
function leavesPartition({ resource, principal }: EvaluationRequest): boolean {
  const [, partition] = resource.split(':')
  return partition !== undefined && principal.arns.some(arn => arn.split(':')[1] !== partition)
}

/** What a statement is held against. */
type Asked = EvaluationRequest & {
  readonly hasBoundary?: boolean
  readonly bindings?: PrincipalBindings | undefined
}

/** The strongest form in which an Allow of the resource's policy names the caller. */
function strongestAllow(
  request: EvaluationRequest,
  { boundary, bindings }: ReferenceLayers,
  policies: readonly Policy[],
): Naming {
  const asked = { ...request, hasBoundary: boundary !== undefined, bindings }
  const namings = policies.flatMap(policy =>
    policy.statements
      .filter(statement => statement.Effect === 'Allow' && applies(statement, policy, asked))
      .map(statement => nameCaller(statement, policy, asked)),
  )
  return strongest(namings)
}

function has(effect: Effect, policies: readonly Policy[], asked: Asked): boolean {
  return policies.some(policy =>
    policy.statements.some(
      statement => statement.Effect === effect && applies(statement, policy, asked),
    ),
  )
}

/** A statement applies when it names the caller, action and resource, and its conditions are met. */
function applies(statement: Statement, policy: Policy, asked: Asked): boolean {
  const { action, resource, keys } = asked
  return (
    nameCaller(statement, policy, asked) !== 'none' &&
    matchesAction(statement.action, action) &&
    matchesResource(statement.resource, policy, resource, keys) &&
    meetsConditions(statement, policy, keys)
  )
}

/**
 * A policy without principals is one of the caller's own; that of a resource's organization can only
 * say everybody, and means it.
 */
function nameCaller({ principal }: Statement, { kind }: Policy, asked: Asked): Naming {
  if (principal === undefined || kind === 'rcp') return 'exact'
  const { hasBoundary = false, bindings = {} } = asked
  return namingOf(principal, asked.principal, { hasBoundary, bindings })
}
