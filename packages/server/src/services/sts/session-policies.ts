// Session policies: what a caller passes to have less power in the session than the role gives
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
import { AwsError } from '@twinlock/protocol'
import type { RoleSession } from '../../authentication/session-tokens.ts'
import { findAwsManagedPolicy } from '../../authorization/aws-managed-policies.ts'
import type { Context } from '../context.ts'
import { parsePolicyDocument } from '../iam/policy-documents.ts'
import { packedPolicySize } from './packed-policy-size.ts'

type PoliciesRequest = {
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined
}

export type SessionPolicies = Pick<RoleSession, 'policy' | 'policyArns'>

/**
 * The session policies of a request, in themselves valid.
 * @throws AwsError PackedPolicyTooLarge, MalformedPolicyDocument
 */
export function readSessionPolicies({ Policy, PolicyArns = [] }: PoliciesRequest): SessionPolicies {
  const arns = new Set(PolicyArns.flatMap(({ arn }) => (arn === undefined ? [] : [arn])))
  const policies = { policyArns: [...arns], ...(Policy !== undefined && { policy: Policy }) }
  // Size first: the parameter has no limit of its own, and to parse a megabyte would hold everybody up.
  packedPolicySize({ ...policies, tags: [] })
  if (Policy !== undefined) parsePolicyDocument(Policy, 'session')
  return policies
}

/**
 * Managed session policies must exist in the role's account. Which error AWS gives otherwise is not known.
 * @throws AwsError ValidationError
 */
export async function demandManagedPolicies(
  { db, account }: Context,
  arns: readonly string[],
): Promise<void> {
  const own = arns.filter(arn => findAwsManagedPolicy(arn) === undefined)
  if (own.length === 0) return
  const rows = await db
    .selectFrom('policy')
    .select('arn')
    .where('accountId', '=', account)
    .where('arn', 'in', own)
    .execute()
  const known = new Set(rows.map(({ arn }) => arn))
  const missing = own.find(arn => !known.has(arn))
  if (missing === undefined) return
  throw new AwsError('ValidationError', `Policy ${missing} does not exist or is not attachable.`)
}
