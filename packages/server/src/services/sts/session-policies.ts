// Session policies: what a caller passes to have less power in the session than the role gives
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
import { PolicyError, parsePolicy } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'
import type { RoleSession } from '../../authentication/session-tokens.ts'
import { findAwsManagedPolicy } from '../../authorization/aws-managed-policies.ts'
import type { Context } from '../context.ts'

const MOST_POLICY_ARNS = 10

type PoliciesRequest = {
  readonly Policy?: string | undefined
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined
}

export type SessionPolicies = Pick<RoleSession, 'policy' | 'policyArns'>

/**
 * The session policies of a request, in themselves valid.
 * @throws AwsError MalformedPolicyDocument, ValidationError
 */
export function readSessionPolicies({ Policy, PolicyArns = [] }: PoliciesRequest): SessionPolicies {
  if (PolicyArns.length > MOST_POLICY_ARNS) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to ${MOST_POLICY_ARNS}`,
    )
  }
  if (Policy !== undefined) checkDocument(Policy)
  const policyArns = new Set(PolicyArns.flatMap(({ arn }) => (arn === undefined ? [] : [arn])))
  return { policyArns: [...policyArns], ...(Policy !== undefined && { policy: Policy }) }
}

function checkDocument(document: string): void {
  try {
    parsePolicy(document, 'session')
  } catch (error) {
    if (error instanceof PolicyError)
      throw new AwsError(error.code, error.message, { cause: error })
    throw error
  }
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
