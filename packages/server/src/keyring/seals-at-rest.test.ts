import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ACCOUNT,
  MADE,
  insertAccessKeys,
  insertDevice,
  keyringOf,
  openSecrets,
  laterThan,
  newKeyStore,
} from '../../test/key-store.ts'
import { onEveryEngine } from '../store/every-engine.ts'
import type { KeyStore } from './key-store.ts'
import { publishDataKey, resealAll } from './rotate.ts'
import { PLACES, countSeals } from './seals-at-rest.ts'

const ids = Array.from({ length: 450 }, (_, index) => `AKIA${String(index).padStart(4, '0')}`)

/** A store with secrets under its first key, and a second key that seals since. */
async function rotatedStore(database: string) {
  const keys = await newKeyStore(database)
  const first = await keyringOf(keys, MADE)
  await keys.store.transaction(async tx => {
    await insertAccessKeys(tx, first, ids)
    await insertDevice(tx, 'phone', first)
    await insertDevice(tx, 'security key')
  })
  const { settled } = await publishDataKey(keys, MADE)
  return { keys, first, now: settled }
}

/** Every batch, and what it has come to. */
const reseal = (keys: KeyStore, now: Date) => Array.fromAsync(resealAll(keys, now))

onEveryEngine('seals at rest', (newDatabase, engine) => {
  test('every column that holds seals is brought under a new key', async () => {
    await using keys = await newKeyStore(await newDatabase())
    const tables = await keys.store.db.introspection.getTables()
    const sealed = tables.flatMap(({ name, columns }) =>
      columns
        .filter(column => column.name.startsWith('sealed'))
        .map(column => `${name}.${column.name}`),
    )
    const reached = PLACES.map(place => `${place.table}.${place.sealed}`)
    assert.deepEqual(new Set(sealed), new Set([...reached, 'sealedKey.sealedKey']))
  })

  test('come under the key that seals, batch after batch, and open to what they were', async () => {
    const { keys, now } = await rotatedStore(await newDatabase())
    await using _ = keys
    assert.deepEqual(await countSeals(keys.store.db), new Map([[1, 451]]))
    const batches = await reseal(keys, now)
    assert.ok(batches.length > 3)
    assert.deepEqual(batches.at(-1), { resealed: 451, left: 0 })
    assert.deepEqual(await countSeals(keys.store.db), new Map([[2, 451]]))
    assert.deepEqual(await openSecrets(keys, now), ids)
    assert.deepEqual((await reseal(keys, now)).at(-1), { resealed: 0, left: 0 })
  })

  test('stopped between two batches it goes on where it stood', async () => {
    const { keys, now } = await rotatedStore(await newDatabase())
    await using _ = keys
    for await (const { resealed } of resealAll(keys, now)) if (resealed > 0) break
    assert.deepEqual(
      await countSeals(keys.store.db),
      new Map([
        [1, 251],
        [2, 200],
      ]),
    )
    assert.deepEqual((await reseal(keys, now)).at(-1), { resealed: 251, left: 0 })
  })

  test('a secret that changes meanwhile is never put back', async () => {
    const { keys, first, now } = await rotatedStore(await newDatabase())
    await using _ = keys
    const [changed = '', deleted = ''] = ids.slice(-2)
    for await (const { resealed } of resealAll(keys, now)) {
      if (resealed !== 200) continue
      await keys.store.transaction(async tx => {
        await tx.deleteFrom('accessKey').where('accessKeyId', '=', deleted).execute()
        const sealedSecret = first.seal('secret-access-key', Buffer.from('another'), changed)
        await tx
          .updateTable('accessKey')
          .set({ sealedSecret })
          .where('accessKeyId', '=', changed)
          .execute()
      })
    }
    assert.deepEqual(await openSecrets(keys, now), [...ids.slice(0, -2), 'another'])
    assert.deepEqual(await countSeals(keys.store.db), new Map([[2, 450]]))
  })

  test('one that does not open is left as it is, and told', async () => {
    const { keys, now } = await rotatedStore(await newDatabase())
    await using _ = keys
    const broken = { sealedSecret: Buffer.concat([Buffer.from([1, 0, 0, 0, 1]), Buffer.alloc(60)]) }
    const row = keys.store.db.updateTable('accessKey').where('accessKeyId', '=', ids[7] ?? '')
    await row.set(broken).execute()
    assert.deepEqual((await reseal(keys, now)).at(-1), { resealed: 450, left: 1 })
    const { sealedSecret } = await keys.store.db
      .selectFrom('accessKey')
      .select('sealedSecret')
      .where('accessKeyId', '=', ids[7] ?? '')
      .executeTakeFirstOrThrow()
    assert.deepEqual(Buffer.from(sealedSecret), broken.sealedSecret)
  })

  if (engine === 'postgres') {
    test('one that somebody holds is waited for by nobody', async () => {
      const { keys, now } = await rotatedStore(await newDatabase())
      await using _ = keys
      await keys.store.transaction(async tx => {
        await tx
          .selectFrom('accessKey')
          .select('accessKeyId')
          .where('accountId', '=', ACCOUNT)
          .where('accessKeyId', '=', ids[3] ?? '')
          .forUpdate()
          .execute()
        assert.deepEqual((await reseal(keys, now)).at(-1), { resealed: 450, left: 1 })
      })
      assert.deepEqual((await reseal(keys, laterThan(now, 1))).at(-1), { resealed: 1, left: 0 })
    })
  }
})
