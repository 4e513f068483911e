// The data keys: kept in the store, sealed under the master key, so that every node of a cluster opens the same seals and
// the master key can change without sealing everything anew.
import { ConfigError } from '../config.ts'
import type { Random } from '../identifiers/random.ts'
import type { Store } from '../store/store.ts'
import { KEY_BYTES, openKeyring } from './keyring.ts'
import type { Keyring } from './keyring.ts'

/** Whether the store holds data keys, and so needs the master key that sealed them. */
export async function hasDataKeys({ db }: Store): Promise<boolean> {
  return (await db.selectFrom('sealedKey').select('keyId').executeTakeFirst()) !== undefined
}

/**
 * The keyring of this store; the first data key is made when there is none.
 * @throws ConfigError when the master key is not the one that sealed the data keys
 */
export async function loadKeyring(
  store: Store,
  masterKey: Buffer,
  random: Random,
  now: Date,
): Promise<Keyring> {
  const master = openKeyring([{ keyId: 0, key: masterKey }], random)
  const first = master.seal('data-key', random(KEY_BYTES), '1')
  // Nodes that start together for the first time agree on the row that came first.
  await store.transaction(tx =>
    tx
      .insertInto('sealedKey')
      .values({ keyId: 1, sealedKey: first, createDate: now.getTime() })
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
  const rows = await store.db.selectFrom('sealedKey').selectAll().orderBy('keyId').execute()
  const keys = rows.map(({ keyId, sealedKey }) => {
    const key = master.open('data-key', sealedKey, String(keyId))
    if (key === undefined) {
      throw new ConfigError('This master key is not the one that the database was sealed with.')
    }
    return { keyId, key }
  })
  return openKeyring(keys, random)
}
