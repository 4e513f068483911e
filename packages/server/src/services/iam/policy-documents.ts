// Policy documents on their way in and out: what IAM refuses (grammar, then size), and how it answers them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
import type { Policy, PolicyKind } from '@twinlock/policy'
import { PolicyError, parsePolicy, policySize } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'
import { QUOTAS, quotaExceeded } from './quotas.ts'

/** The document of a managed policy. @throws AwsError MalformedPolicyDocument, LimitExceeded */
export function checkManagedPolicy(document: string): void {
  parsePolicyDocument(document, 'identity', { managed: true })
  if (policySize(document) > QUOTAS.PolicySizeQuota) {
    throw quotaExceeded('PolicySize', QUOTAS.PolicySizeQuota)
  }
}

/** Parses a document of the caller's. @throws AwsError MalformedPolicyDocument, in the parser's words, which are AWS's */
export function parsePolicyDocument(
  document: string,
  kind: PolicyKind,
  options?: { readonly managed?: boolean },
): Policy {
  try {
    return parsePolicy(document, kind, options)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw new AwsError('MalformedPolicyDocument', error.message, { cause: error })
  }
}

/** A document as IAM answers it: the text as it was given, percent-encoded by RFC 3986 §2.1 (all but unreserved characters). */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replaceAll(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
