import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import type { NewAccount } from './first-start.ts'
import { makeAccount, refuseForgottenAccount } from './first-start.ts'
import { pooledRandom } from './identifiers/random.ts'
import { loadKeyring } from './keyring/data-keys.ts'
import { writePrivateFile } from './private-file.ts'
import { onEveryEngine, openStore } from './store/every-engine.ts'
import type { Store } from './store/store.ts'

const NOW = new Date(Date.UTC(2026, 0, 2))
const random = pooledRandom()
const config = readConfig([], {})

const keyringOf = (store: Store) => loadKeyring(store, random(32), random, NOW)

/** Its connection breaks between a commit and the word of it. */
const breaking = (store: Store): Store => ({
  ...store,
  async transaction(work) {
    await store.transaction(work)
    throw new Error('connection terminated')
  },
})

onEveryEngine('The account', newDatabase => {
  test('is told before it is committed, so that no failure afterwards hides it', async () => {
    await using store = await openStore(await newDatabase())
    const keyring = await keyringOf(store)
    const told: NewAccount[] = []
    await assert.rejects(
      makeAccount(breaking(store), keyring, config, random, NOW, made => void told.push(made)),
      { name: 'ConfigError', message: /^The database failed .* Keep what was shown/ },
    )
    const { accountId } = await store.db
      .selectFrom('account')
      .select('accountId')
      .executeTakeFirstOrThrow()
    assert.equal(told[0]?.accountId, accountId)
    assert.ok(told[0]?.rootPassword)
  })

  test('is not made when it cannot be told', async () => {
    await using store = await openStore(await newDatabase())
    const keyring = await keyringOf(store)
    const cannotTell = () => {
      throw new Error('no terminal')
    }
    await assert.rejects(
      makeAccount(store, keyring, config, random, NOW, cannotTell),
      /no terminal/,
    )
    assert.deepEqual(await store.db.selectFrom('account').selectAll().execute(), [])
  })
})

test('a master key that nobody named stops a start over a database that is new', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'twinlock-forgotten-'))
  const key = join(folder.path, 'master.key')
  const argv = ['--data', folder.path]
  refuseForgottenAccount(readConfig(argv, {}))
  writePrivateFile(key, 'a key\n')
  for (const { more, says } of [
    { more: [], says: /holds no account\. Was a backup restored without twinlock\.sqlite-wal\?/ },
    { more: ['--database', 'postgres://u:secret@db/x'], says: /Is it the right one\?/ },
  ]) {
    assert.throws(
      () => refuseForgottenAccount(readConfig([...argv, ...more], {})),
      ({ name, message }: Error) =>
        name === 'ConfigError' && says.test(message) && !message.includes('secret'),
    )
  }
  refuseForgottenAccount(readConfig([...argv, '--master-key-file', key], {}))
})
