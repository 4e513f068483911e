// What each data key is for now, and until when it is needed.
import type { Queries } from '../store/store.ts'
import type { StoredKey } from './data-keys.ts'
import { maySeal, sealingAt } from './data-keys.ts'
import { SETTLED_AFTER_MS } from './key-times.ts'
import { countSeals } from './seals-at-rest.ts'
import { LONGEST_SESSION_MS, LONGEST_TOKEN_MS } from './token-lifetimes.ts'

export type KeyState = {
  readonly keyId: number
  /** When it was made. It seals from then on, or half a minute later. */
  readonly sealsFrom: Date
  readonly sealsAtRest: number
  readonly use: KeyUse
}

export type KeyUse =
  /** Known to all nodes before it seals. */
  | { readonly kind: 'published' }
  | { readonly kind: 'sealing' }
  /** It opens what it has sealed. */
  | {
      readonly kind: 'opening'
      /** When the last node has ceased to seal by it. */
      readonly settled: Date
      readonly sessionsUntil: Date
      /** Nothing that it sealed and handed out lives longer. */
      readonly tokensUntil: Date
    }

type DatedKey = Pick<StoredKey, 'keyId' | 'sealsFrom'>

export async function readKeyStates(db: Queries, now: Date): Promise<readonly KeyState[]> {
  const rows = await db
    .selectFrom('sealedKey')
    .select(['keyId', 'createDate as sealsFrom'])
    .orderBy('keyId')
    .execute()
  const keys = rows.filter(({ keyId }) => maySeal(keyId))
  const counts = await countSeals(db)
  return keys.map(key => ({
    keyId: key.keyId,
    sealsFrom: new Date(key.sealsFrom),
    sealsAtRest: counts.get(key.keyId) ?? 0,
    use: useOf(key, keys, now),
  }))
}

function useOf(key: DatedKey, keys: readonly DatedKey[], now: Date): KeyUse {
  const sealing = sealingAt(keys, now)
  if (key === sealing) return { kind: 'sealing' }
  if (sealing === undefined || key.keyId > sealing.keyId) return { kind: 'published' }
  const newer = keys.filter(({ keyId }) => keyId > key.keyId)
  const settled = Math.min(...newer.map(({ sealsFrom }) => sealsFrom)) + SETTLED_AFTER_MS
  return {
    kind: 'opening',
    settled: new Date(settled),
    sessionsUntil: new Date(settled + LONGEST_SESSION_MS),
    tokensUntil: new Date(settled + LONGEST_TOKEN_MS),
  }
}
