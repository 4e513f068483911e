import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine, openStore } from './every-engine.ts'

onEveryEngine('the store', newDatabase => {
  const account = {
    accountId: '123456789012',
    email: 'root@example.com',
    createDate: 1_700_000_000_000,
  }

  test('what a transaction wrote is there when the database is opened again', async () => {
    const database = await newDatabase()
    {
      await using store = await openStore(database)
      await store.transaction(tx => tx.insertInto('account').values(account).execute())
    }
    await using store = await openStore(database)
    const { revision, createDate } = await store.db
      .selectFrom('account')
      .selectAll()
      .executeTakeFirstOrThrow()
    assert.deepEqual({ revision, createDate }, { revision: 1, createDate: 1_700_000_000_000 })
  })

  test('a transaction that throws leaves nothing, and its writes are never seen outside', async () => {
    await using store = await openStore(await newDatabase())
    await assert.rejects(
      store.transaction(async tx => {
        await tx.insertInto('account').values(account).execute()
        assert.deepEqual(await store.db.selectFrom('account').selectAll().execute(), [])
        throw new Error('no')
      }),
      /no/,
    )
    assert.deepEqual(await store.db.selectFrom('account').selectAll().execute(), [])
  })

  test('transactions that begin together all happen', async () => {
    await using store = await openStore(await newDatabase())
    await store.transaction(tx => tx.insertInto('account').values(account).execute())
    await Promise.all(
      Array.from({ length: 20 }, () =>
        store.transaction(tx =>
          tx
            .updateTable('account')
            .set(eb => ({ revision: eb('revision', '+', 1) }))
            .execute(),
        ),
      ),
    )
    const { revision } = await store.db
      .selectFrom('account')
      .select('revision')
      .executeTakeFirstOrThrow()
    assert.equal(revision, 21)
  })
})
