// The end of a data key: what it has sealed opens never again, so it goes when there is nothing left.
import { ConfigError } from '../config.ts'
import { aloneWithKeys } from './key-store.ts'
import type { KeyStore } from './key-store.ts'
import { readKeyStates } from './key-states.ts'
import type { KeyState } from './key-states.ts'
import { SEALED_TABLES } from './seals-at-rest.ts'

export type Retirement = {
  readonly keyId: number
  /** Whether tokens that may still live end with it. */
  readonly endSessions: boolean
}

/** @throws ConfigError, saying why not, while the key is needed */
export function retireDataKey(
  { store }: KeyStore,
  { keyId, endSessions }: Retirement,
  now: Date,
): Promise<void> {
  // Nobody seals a secret while they are counted.
  return aloneWithKeys(store, SEALED_TABLES, async tx => {
    const key = (await readKeyStates(tx, now)).find(state => state.keyId === keyId)
    const need = key === undefined ? `There is no key ${keyId}.` : needOf(key, now, endSessions)
    if (need !== undefined) throw new ConfigError(need)
    await tx.deleteFrom('sealedKey').where('keyId', '=', keyId).execute()
  })
}

/** Why the key must stay; undefined when it can go. */
function needOf(
  { keyId, use, sealsAtRest }: KeyState,
  now: Date,
  endSessions: boolean,
): string | undefined {
  if (use.kind === 'sealing') {
    return `Key ${keyId} is the one that seals: \`twinlock keys rotate\` makes another one.`
  }
  if (use.kind === 'published') return `Key ${keyId} is new, and about to seal.`
  if (now < use.settled) {
    return `Servers may still seal by key ${keyId} until ${use.settled.toISOString()}.`
  }
  if (sealsAtRest > 0) {
    return `Secrets at rest are still sealed by key ${keyId} (${sealsAtRest}): \`twinlock keys rotate --resume\` brings them under the newest key.`
  }
  if (endSessions || now >= use.tokensUntil) return undefined
  return now < use.sessionsUntil
    ? `Session tokens that key ${keyId} sealed may live until ${use.sessionsUntil.toISOString()}: wait for that, or end them with --end-sessions.`
    : `Browsers are known by key ${keyId} until ${use.tokensUntil.toISOString()}: wait for that, or have them forgotten with --end-sessions.`
}
