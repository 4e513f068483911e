// The keys of a database, for whoever runs the server: beside running nodes, without one of its own.
import { existsSync } from 'node:fs'
import type { Config } from './config.ts'
import { ConfigError } from './config.ts'
import { pooledRandom } from './identifiers/random.ts'
import { readDataKeys } from './keyring/data-keys.ts'
import type { KeyStore } from './keyring/key-store.ts'
import { readMasterKey } from './keyring/master-key.ts'
import { isPostgres, openStore } from './open-store.ts'

/**
 * What `twinlock keys` and `twinlock root` work on.
 * @throws ConfigError when there is no such database, or the master key does not open its keys
 */
export async function openKeys({ database, masterKeyFile }: StorePlace): Promise<KeyStore> {
  const random = pooledRandom()
  const masterKey = readMasterKey(masterKeyFile, false, random)
  if (!isPostgres(database) && !existsSync(database)) {
    throw new ConfigError(`There is no database ${database}.`)
  }
  await using opening = new AsyncDisposableStack()
  const store = opening.use(await openStore(database))
  if ((await readDataKeys(store.db, masterKey, random)).length === 0) {
    throw new ConfigError('The database has no keys yet: the first `twinlock start` makes them.')
  }
  const opened = opening.move()
  return { store, masterKey, random, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}

type StorePlace = Pick<Config, 'database' | 'masterKeyFile'>
