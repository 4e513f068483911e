// Session policies: what a caller passes to have less power in the session than the role gives
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
import { AwsError } from '@twinlock/protocol'
import type { RoleSession } from '../../authentication/session-tokens.ts'
import { findAwsManagedPolicy } from '../../authorization/aws-managed-policies.ts'
import type { Context } from '../context.ts'
import { parsePolicyDocument } from '../iam/policy-documents.ts'

type PoliciesRequest = {
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined
}

export type SessionPolicies = Pick<RoleSession, 'policy' | 'policyArns'>

/**
 * The session policies of a request, in themselves valid.
 * @throws AwsError MalformedPolicyDocument
 */
export function readSessionPolicies({ Policy, PolicyArns = [] }: PoliciesRequest): SessionPolicies {
  if (Policy !== undefined) parsePolicyDocument(Policy, 'session')
  const policyArns = new Set(PolicyArns.flatMap(({ arn }) => (arn === undefined ? [] : [arn])))
  return { policyArns: [...policyArns], ...(Policy !== undefined && { policy: Policy }) }
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
