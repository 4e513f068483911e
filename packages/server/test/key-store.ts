// A store with its first data keys, a master key of its own, and secrets in it: for tests of the keyring.
import { randomBytes } from 'node:crypto'
import { pooledRandom } from '../src/identifiers/random.ts'
import { keyringAt, makeFirstKeys, readDataKeys } from '../src/keyring/data-keys.ts'
import type { KeyStore } from '../src/keyring/key-store.ts'
import { KEY_BYTES } from '../src/keyring/keyring.ts'
import type { Keyring } from '../src/keyring/keyring.ts'
import type { Queries } from '../src/store/store.ts'
import { openStore } from '../src/store/every-engine.ts'

export const ACCOUNT = '123456789012'

/** When its first keys were made. */
export const MADE = new Date(Date.UTC(2026, 0, 2))

export const laterThan = (date: Date, milliseconds: number) =>
  new Date(date.getTime() + milliseconds)

export async function newKeyStore(database: string): Promise<KeyStore> {
  const [store, random] = [await openStore(database), pooledRandom()]
  const masterKey = randomBytes(KEY_BYTES)
  await makeFirstKeys(store, masterKey, random, MADE)
  return { store, masterKey, random, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
}

/** The keyring of a node that looks at the store now. */
export const keyringOf = async ({ store, masterKey, random }: KeyStore, now: Date) =>
  keyringAt(await readDataKeys(store.db, masterKey, random), random, now)

/** Puts access keys into the store, whose secrets are their ids. */
export async function insertAccessKeys(
  tx: Queries,
  keyring: Keyring,
  ids: readonly string[],
): Promise<void> {
  const rows = ids.map(accessKeyId => ({
    accountId: ACCOUNT,
    accessKeyId,
    principalId: ACCOUNT,
    sealedSecret: keyring.seal('secret-access-key', Buffer.from(accessKeyId), accessKeyId),
    status: 'Active' as const,
    createDate: MADE.getTime(),
  }))
  await tx.insertInto('accessKey').values(rows).execute()
}

/** Puts a virtual device into the store, whose seed is its serial number; without a seed, a security key. */
export async function insertDevice(
  tx: Queries,
  serialNumber: string,
  keyring?: Keyring,
): Promise<void> {
  await tx
    .insertInto('mfaDevice')
    .values({
      accountId: ACCOUNT,
      serialNumber,
      kind: keyring === undefined ? 'securityKey' : 'virtual',
      path: '/',
      deviceName: serialNumber,
      sealedSeed: keyring?.seal('totp-seed', Buffer.from(serialNumber), serialNumber) ?? null,
      createDate: MADE.getTime(),
    })
    .execute()
}

/** What opens of the stored secrets. */
export async function openSecrets(keys: KeyStore, now: Date) {
  const keyring = await keyringOf(keys, now)
  const rows = await keys.store.db
    .selectFrom('accessKey')
    .select(['accessKeyId', 'sealedSecret'])
    .orderBy('accessKeyId')
    .execute()
  return rows.map(({ accessKeyId, sealedSecret }) =>
    keyring.open('secret-access-key', sealedSecret, accessKeyId)?.toString(),
  )
}
