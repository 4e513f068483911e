// A new data key, while servers run: it is published, seals when all nodes have it, and then what is at rest comes under it.
import { countSeals, resealAtRest } from './seals-at-rest.ts'
import { keyringAt, readDataKeys, sealDataKey, sealingAt } from './data-keys.ts'
import type { StoredKey } from './data-keys.ts'
import { aloneWithKeys } from './key-store.ts'
import type { KeyStore } from './key-store.ts'
import { PUBLISHED_BEFORE_MS, SETTLED_AFTER_MS } from './key-times.ts'
import { KEY_BYTES } from './keyring.ts'

export type RotatedKey = {
  readonly keyId: number
  readonly sealsFrom: Date
  /** When every node seals by it. */
  readonly settled: Date
}

/** Puts a new data key into the store. It seals from `sealsFrom` on, whatever becomes of this process. */
export function publishDataKey(
  { store, masterKey, random }: KeyStore,
  now: Date,
): Promise<RotatedKey> {
  return aloneWithKeys(store, [], async tx => {
    const keys = await readDataKeys(tx, masterKey, random)
    const keyId = Math.max(...keys.map(key => key.keyId)) + 1
    const key = { keyId, key: random(KEY_BYTES), sealsFrom: now.getTime() + PUBLISHED_BEFORE_MS }
    const sealedKey = sealDataKey(key, masterKey, random)
    await tx
      .insertInto('sealedKey')
      .values({ keyId, sealedKey, createDate: key.sealsFrom })
      .execute()
    return rotated(key)
  })
}

/** The key that was made last. */
export async function newestDataKey({ store, masterKey, random }: KeyStore): Promise<RotatedKey> {
  const newest = (await readDataKeys(store.db, masterKey, random)).at(-1)
  if (newest === undefined) throw new RangeError('the store has no key')
  return rotated(newest)
}

const rotated = ({ keyId, sealsFrom }: Omit<StoredKey, 'key'>): RotatedKey => ({
  keyId,
  sealsFrom: new Date(sealsFrom),
  settled: new Date(sealsFrom + SETTLED_AFTER_MS),
})

export type ResealProgress = {
  readonly resealed: number
  /** Seals at rest of other keys. */
  readonly left: number
}

/**
 * Brings all seals at rest under the key that seals now. It may be stopped at any time, and begun again. When it ends with some
 * left, they do not open, or others hold them.
 */
export async function* resealAll(
  { store, masterKey, random }: KeyStore,
  now: Date,
): AsyncGenerator<ResealProgress> {
  const keys = await readDataKeys(store.db, masterKey, random)
  const sealing = sealingAt(keys, now)
  if (sealing === undefined) throw new RangeError('the store has no key that seals')
  const ring = keyringAt(keys, random, now)
  let resealed = 0
  let left = await countOthers()
  yield { resealed, left }
  for (let before = -1; left > 0 && resealed > before; left = await countOthers()) {
    before = resealed
    const all = resealed + left
    for await (const inBatch of resealAtRest(store, ring, sealing.keyId)) {
      resealed += inBatch
      yield { resealed, left: all - resealed }
    }
  }
  yield { resealed, left }

  async function countOthers() {
    const counts = [...(await countSeals(store.db))]
    return counts.reduce((sum, [keyId, seals]) => sum + (keyId === sealing?.keyId ? 0 : seals), 0)
  }
}
