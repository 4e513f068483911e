// How long seals live that are in other people's hands. The store knows nothing of them: their key can go when the last one is over.
import type { Purpose } from './keyring.ts'

const HOUR_MS = 3_600_000

/** GetSessionToken and GetFederationToken give up to 36 hours. */
const SESSION_MS = 36 * HOUR_MS

/** What becomes of a seal of each purpose: kept in the store, or handed out for so many milliseconds. Proofs are none, and stay. */
export const LIFE_OF_SEALS: Readonly<Record<Purpose, 'at rest' | 'a proof' | number>> = {
  'data-key': 'at rest',
  'secret-access-key': 'at rest',
  'totp-seed': 'at rest',
  marker: 'a proof',
  'sign-in': 'a proof',
  session: SESSION_MS,
  'authorization-message': 24 * HOUR_MS,
  'known-browser': 90 * 24 * HOUR_MS,
}

/** How long the session tokens of a key live on when it seals no more. */
export const LONGEST_SESSION_MS = SESSION_MS

/** How long anything does that it has sealed and handed out. */
export const LONGEST_TOKEN_MS = Math.max(
  ...Object.values(LIFE_OF_SEALS).filter(life => typeof life === 'number'),
)
