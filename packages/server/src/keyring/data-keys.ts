// The data keys: kept in the store, sealed under the master key, so that every node of a cluster opens the same seals and
// the master key can change without sealing everything anew.
import { ConfigError } from '../config.ts'
import type { Random } from '../identifiers/random.ts'
import type { Queries, Store } from '../store/store.ts'
import { KEY_BYTES, openKeyring } from './keyring.ts'
import type { DataKey, Keyring } from './keyring.ts'

/** A data key of the store. */
export type StoredKey = DataKey & {
  /** Milliseconds since the epoch; before that it opens only. */
  readonly sealsFrom: number
}

/**
 * Number of the key that makes proofs. It seals nothing, and stays when others come and go: with it would change the names under which
 * wrong guesses are counted, and whoever looks then would see which users there are.
 */
export const PROOF_KEY_ID = 0

const FIRST_KEY_ID = 1

/** Whether the store holds data keys, and so needs the master key that sealed them. */
export async function hasDataKeys({ db }: Store): Promise<boolean> {
  return (await db.selectFrom('sealedKey').select('keyId').executeTakeFirst()) !== undefined
}

/**
 * The keyring of this store as it is now; its first keys are made when there are none.
 * @throws ConfigError when the master key is not the one that sealed the data keys
 */
export async function loadKeyring(
  store: Store,
  masterKey: Buffer,
  random: Random,
  now: Date,
): Promise<Keyring> {
  await makeFirstKeys(store, masterKey, random, now)
  return keyringAt(await readDataKeys(store.db, masterKey, random), random, now)
}

/**
 * Makes the keys that every store has, where they are missing.
 * @throws ConfigError when the master key is not the one that sealed the others
 */
export async function makeFirstKeys(
  store: Store,
  masterKey: Buffer,
  random: Random,
  now: Date,
): Promise<void> {
  await store.transaction(async tx => {
    const ids = (await readDataKeys(tx, masterKey, random)).map(({ keyId }) => keyId)
    if (!ids.includes(PROOF_KEY_ID)) await insertDataKey(tx, PROOF_KEY_ID)
    if (!ids.some(maySeal)) await insertDataKey(tx, FIRST_KEY_ID)
  })

  // Nodes that start together for the first time agree on the row that came first.
  async function insertDataKey(tx: Queries, keyId: number) {
    const sealedKey = sealDataKey({ keyId, key: random(KEY_BYTES) }, masterKey, random)
    await tx
      .insertInto('sealedKey')
      .values({ keyId, sealedKey, createDate: now.getTime() })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}

/**
 * All data keys, opened, in the order of their numbers.
 * @param known keys that were opened before: numbers are never given twice
 * @throws ConfigError when the master key is not the one that sealed them
 */
export async function readDataKeys(
  db: Queries,
  masterKey: Buffer,
  random: Random,
  known: readonly StoredKey[] = [],
): Promise<readonly StoredKey[]> {
  const rows = await db.selectFrom('sealedKey').selectAll().orderBy('keyId').execute()
  return rows.map(({ keyId, sealedKey, createDate }) => {
    const opened = known.find(each => each.keyId === keyId)
    const key = opened?.key ?? openDataKey(keyId, sealedKey, masterKey, random)
    if (key !== undefined) return { keyId, key, sealsFrom: createDate }
    throw new ConfigError('This master key is not the one that the database was sealed with.')
  })
}

export const sealDataKey = ({ keyId, key }: DataKey, masterKey: Buffer, random: Random): Buffer =>
  masterKeyring(masterKey, random).seal('data-key', key, String(keyId))

export const openDataKey = (
  keyId: number,
  sealedKey: Uint8Array,
  masterKey: Buffer,
  random: Random,
): Buffer | undefined => masterKeyring(masterKey, random).open('data-key', sealedKey, String(keyId))

const masterKeyring = (masterKey: Buffer, random: Random) =>
  openKeyring([{ keyId: 0, key: masterKey }], random)

/** The ring of these keys, and the one of them that seals now. */
export const keyringAt = (keys: readonly StoredKey[], random: Random, now: Date): Keyring =>
  openKeyring(keys, random, sealingAt(keys, now))

/** The key that seals: the newest whose time has come. Of first keys whose time has not come by this clock, the oldest. */
export function sealingAt<Key extends Pick<StoredKey, 'keyId' | 'sealsFrom'>>(
  keys: readonly Key[],
  now: Date,
): Key | undefined {
  const sealing = keys.filter(({ keyId }) => maySeal(keyId))
  return sealing.findLast(({ sealsFrom }) => sealsFrom <= now.getTime()) ?? sealing[0]
}

export const maySeal = (keyId: number) => keyId !== PROOF_KEY_ID
