// What the MFA condition keys say (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html). Absent is not false, and never counts as true.
import type { Caller } from '../authentication/caller.ts'

/** `aws:MultiFactorAuthPresent` and `aws:MultiFactorAuthAge` of one request. */
export type MfaFacts =
  | { readonly present: undefined }
  | { readonly present: false }
  | { readonly present: true; readonly ageSeconds: number }

/** The facts of the caller's credentials: absent for long-term keys, true or false in sessions. */
export function mfaFacts({ session }: Caller, now: Date): MfaFacts {
  if (session === undefined) return { present: undefined }
  // MFA protects the assuming of a role, never the calls made with it.
  if (session.issuedBy === 'AssumeRole' || session.mfa === undefined) return { present: false }
  const age = Math.floor(now.getTime() / 1000) - session.mfa.authenticatedAt
  return { present: true, ageSeconds: Math.max(age, 0) }
}
