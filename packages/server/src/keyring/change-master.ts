// Another master key: all data keys come under it in one transaction. Before its commit the old file opens the store, after it the new
// one, which is on the disk by then.
import { ConfigError } from '../config.ts'
import { readDataKeys, sealDataKey } from './data-keys.ts'
import { aloneWithKeys } from './key-store.ts'
import type { KeyStore } from './key-store.ts'
import { keepOnDisk, readMasterKey } from './master-key.ts'

/**
 * Seals the data keys under the master key in `file`, which is made when it is missing.
 * @throws ConfigError when it is the one that seals them already, or cannot be a master key
 */
export async function changeMasterKey(
  { store, masterKey, random }: KeyStore,
  file: string,
): Promise<void> {
  const next = readMasterKey(file, true, random)
  if (next.equals(masterKey)) {
    throw new ConfigError(`${file} holds the master key that seals the data keys already.`)
  }
  keepOnDisk(file)
  await aloneWithKeys(store, [], async tx => {
    for (const key of await readDataKeys(tx, masterKey, random)) {
      await tx
        .updateTable('sealedKey')
        .set({ sealedKey: sealDataKey(key, next, random) })
        .where('keyId', '=', key.keyId)
        .execute()
    }
    // What does not open now never will.
    await readDataKeys(tx, next, random)
  })
}
