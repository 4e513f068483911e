// Which policies of an organization bind a request, and who escapes them.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
import type { EvaluationRequest, Layers } from './evaluation.ts'
import type { PolicySet } from './policy-set.ts'
import { hasAccount } from './principal.ts'

/**
 * The levels of service control policies, root first: none for principals of the management
 * account, for service-linked roles, and for callers that are no principals of an account.
 */
export function scpsThatBind(
  { principal, managementAccount }: EvaluationRequest,
  { scps }: Layers,
): readonly PolicySet[] {
  if (scps === undefined || !hasAccount(principal)) return NO_LEVELS
  const escapes = principal.isServiceLinked === true || principal.account === managementAccount
  return escapes ? NO_LEVELS : scps
}

/**
 * The levels of resource control policies, root first: none for resources of the management
 * account, for service-linked roles as callers, for the assumption of a service-linked role by its
 * service, and for kms:RetireGrant.
 * @param owner the account that owns the resource
 */
export function rcpsThatBind(
  { action, resource, principal, managementAccount }: EvaluationRequest,
  { rcps }: Layers,
  owner: string,
): readonly PolicySet[] {
  if (rcps === undefined) return NO_LEVELS
  const escapes =
    principal.isServiceLinked === true ||
    owner === managementAccount ||
    (principal.kind === 'service' && SERVICE_LINKED_ROLE.test(resource)) ||
    RETIRE_GRANT.test(action)
  return escapes ? NO_LEVELS : rcps
}

const SERVICE_LINKED_ROLE = /^arn:[^:]*:iam::[^:]*:role\/aws-service-role\//

const RETIRE_GRANT = /^kms:RetireGrant$/i

const NO_LEVELS: readonly PolicySet[] = []
