// Gives the demo's authenticator apps the seeds that the README lists. A server makes the seed of an app itself, and no operation, option
// or argument of `open` lets anybody choose it: a door for that would be a door in every Twinlock. So the demo writes its seeds where they
// are kept, sealed as the server seals them, into a data folder of its own on which no server runs. Hardware tokens need nothing of the
// kind: an administrator imports their seeds.
import { decodeBase32 } from '@twinlock/factors'
import type { Config } from '@twinlock/server'
import { sealSeed } from '../../../server/src/authentication/totp-device.ts'
import { pooledRandom } from '../../../server/src/identifiers/random.ts'
import { loadKeyring } from '../../../server/src/keyring/data-keys.ts'
import { readMasterKey } from '../../../server/src/keyring/master-key.ts'
import { openSqlite } from '../../../server/src/store/sqlite.ts'

/**
 * Replaces the seeds of virtual MFA devices that nobody has yet.
 * @param seeds in Base32, by serial number
 */
export async function plantSeeds(
  config: Config,
  seeds: ReadonlyMap<string, string>,
  now: Date,
): Promise<void> {
  await using store = await openSqlite(config.database)
  const random = pooledRandom()
  const masterKey = readMasterKey(config.masterKeyFile, false, random)
  const keyring = await loadKeyring(store, masterKey, random, now)
  for (const [serialNumber, seed] of seeds) {
    const { numUpdatedRows } = await store.db
      .updateTable('mfaDevice')
      .set({ sealedSeed: sealSeed(keyring, decodeBase32(seed), serialNumber) })
      .where('serialNumber', '=', serialNumber)
      .where('kind', '=', 'virtual')
      .where('principalId', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== 1n) throw new Error(`there is no unassigned device ${serialNumber}`)
  }
}
