// The four ways in which credentials can stand towards MFA, and a request's condition keys in each.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
import type { ConditionKeys } from './context-keys.ts'

/**
 * What the credentials of a request prove.
 * - `longTermKey`: an access key signs; neither key is present.
 * - `noMfaSession`: a session without MFA; aws:MultiFactorAuthPresent is "false", there is no age.
 * - `freshMfa`: a session whose MFA was proved this second; present is "true", the age "0".
 * - `staleMfa`: one whose MFA was proved long ago; present is "true", the age is what the caller of
 *   `withMfa` calls stale.
 */
export type MfaState = 'longTermKey' | 'noMfaSession' | 'freshMfa' | 'staleMfa'

/** All states, in the order of a table's columns: from no proof to an old one. */
export const MFA_STATES: readonly MfaState[] = [
  'longTermKey',
  'noMfaSession',
  'freshMfa',
  'staleMfa',
]

/** How long a session of GetSessionToken lasts by default; an MFA as old as that is stale. */
const DEFAULT_SESSION_SECONDS = 43_200

/** The two condition keys, in lower case. */
const PRESENT = 'aws:multifactorauthpresent'
const AGE = 'aws:multifactorauthage'

/**
 * The same request made by credentials in that state: the two MFA keys are the state's, whatever
 * `keys` says of them, and all others are asked of `keys`.
 */
export function withMfa(
  keys: ConditionKeys,
  state: MfaState,
  { staleSeconds = DEFAULT_SESSION_SECONDS }: { readonly staleSeconds?: number } = {},
): ConditionKeys {
  const { present, age } = mfaKeys(state, staleSeconds)
  return {
    get(key) {
      if (key === PRESENT) return present
      if (key === AGE) return age
      return keys.get(key)
    },
  }
}

function mfaKeys(
  state: MfaState,
  staleSeconds: number,
): { readonly present?: string; readonly age?: string } {
  switch (state) {
    case 'longTermKey':
      return {}
    case 'noMfaSession':
      return { present: 'false' }
    case 'freshMfa':
      return { present: 'true', age: '0' }
    case 'staleMfa':
      return { present: 'true', age: String(staleSeconds) }
    default:
      return state satisfies never
  }
}
