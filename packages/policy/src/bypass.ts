// What a grant is worth: whether the Allow of a resource's own policy, or of a role's trust policy,
// lets the request past that step, and which implicit denies of the caller's own policies it
// overrides.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-req-context.html
import { shareAPartition } from './arn.ts'
import type { EvaluationRequest } from './evaluation.ts'
import { hasAccount, type Naming, type PrincipalFacts } from './principal.ts'

/** Which layers a grant makes dispensable. */
export type Bypass = {
  readonly identity: boolean
  readonly boundary: boolean
  readonly session: boolean
}

const NOTHING: Bypass = { identity: false, boundary: false, session: false }
const IDENTITY: Bypass = { identity: true, boundary: false, session: false }
const IDENTITY_AND_SESSION: Bypass = { identity: true, boundary: false, session: true }
const EVERYTHING: Bypass = { identity: true, boundary: true, session: true }

/**
 * What an Allow of a resource's policy is worth, or undefined where the request needs one and has
 * none: from another account, from whoever has no policies of its own, and in services like KMS.
 * @param owner the account that owns the resource
 */
export function bypassOfGrant(
  request: EvaluationRequest,
  naming: Naming,
  owner: string,
): Bypass | undefined {
  const { principal, needsResourcePolicy = false } = request
  if (!hasAccount(principal)) return naming === 'none' ? undefined : EVERYTHING
  if (owner !== principal.account) {
    return naming === 'none' || !isOfOnePartition(request) ? undefined : NOTHING
  }
  if (naming === 'none' && needsResourcePolicy) return undefined
  return bypassInAccount(naming, principal)
}

/** In the caller's own account, the form of the naming decides. */
function bypassInAccount(naming: Naming, { kind }: PrincipalFacts): Bypass {
  switch (naming) {
    case 'none':
    case 'account':
      return NOTHING
    case 'entity':
      // A user is named for good; a session of either kind is still bound by its boundary
      // and session policies.
      return kind === 'user' ? EVERYTHING : IDENTITY
    case 'exact':
      return EVERYTHING
    default:
      return naming satisfies never
  }
}

/**
 * What an Allow of a trust policy is worth, or undefined where it does not let the caller assume
 * the role. In the role's own account naming that user, role or session is enough, naming the
 * account is not, and from another account it never is; a permissions boundary always has to allow.
 * @param owner the account that owns the role
 */
export function bypassOfTrust(
  request: EvaluationRequest,
  naming: Naming,
  owner: string,
): Bypass | undefined {
  const { principal, resource } = request
  if (naming === 'none') return undefined
  if (!hasAccount(principal)) return EVERYTHING
  // AWS, since 2023: a role that is to assume itself must be named; trust in its account is not enough.
  if (naming === 'account' && principal.arns.includes(resource)) return undefined
  if (principal.account !== owner) return isOfOnePartition(request) ? NOTHING : undefined
  switch (naming) {
    case 'account':
      return NOTHING
    case 'entity':
      return IDENTITY
    case 'exact':
      return IDENTITY_AND_SESSION
    default:
      return naming satisfies never
  }
}

/** Nobody reaches from one partition (`aws`, `aws-cn`) into another. */
function isOfOnePartition({ principal, resource }: EvaluationRequest): boolean {
  const [arn] = principal.arns
  return arn === undefined || shareAPartition(arn, resource)
}
