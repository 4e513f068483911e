// What the MFA condition keys say (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html). Absent is not false, and never counts as true.
import type { Caller } from '../authentication/caller.ts'
import type { MfaMethod } from '../authentication/mfa-method.ts'
import type { MfaProof, Session } from '../authentication/session-tokens.ts'

/** `aws:MultiFactorAuthPresent` and `aws:MultiFactorAuthAge` of one request. */
export type MfaFacts =
  | { readonly present: undefined }
  | { readonly present: false }
  | { readonly present: true; readonly ageSeconds: number; readonly method: MfaMethod }

/** The facts of the caller's credentials: absent for long-term keys, true or false in sessions. */
export function mfaFacts({ session }: Caller, now: Date): MfaFacts {
  if (session === undefined) return { present: undefined }
  if (!OWN_SESSIONS.has(session.issuedBy) || session.mfa === undefined) return { present: false }
  return provedFacts(session.mfa, now)
}

/** The facts of a proof, at `now`. */
export function provedFacts({ authenticatedAt, method = 'totp' }: MfaProof, now: Date): MfaFacts {
  const age = Math.floor(now.getTime() / 1000) - authenticatedAt
  return { present: true, ageSeconds: Math.max(age, 0), method }
}

/** Sessions of a user itself. MFA protects the assuming of a role, never the calls made with it; GetFederationToken takes no code. */
const OWN_SESSIONS: ReadonlySet<Session['issuedBy']> = new Set(['GetSessionToken', 'Console'])
