import assert from 'node:assert/strict'
import { test } from 'node:test'
import { touchAccount } from './account-revision.ts'
import { beforehand, restartingTransaction } from './beforehand.ts'
import { onEveryEngine, openStore } from './every-engine.ts'
import type { Queries, Store } from './store.ts'

const accountId = '123456789012'

async function openWithAccount(database: string): Promise<Store> {
  const store = await openStore(database)
  const account = { accountId, email: 'root@example.com', createDate: 0 }
  await store.db.insertInto('account').values(account).execute()
  return store
}

async function readAccount(db: Queries) {
  return db.selectFrom('account').select(['revision', 'email']).executeTakeFirstOrThrow()
}

onEveryEngine('what is computed beforehand', newDatabase => {
  test('while it is computed others write, and the transaction sees what they wrote', async () => {
    await using store = await openWithAccount(await newDatabase())
    const compute = async () => {
      await store.transaction(tx => touchAccount(tx, accountId))
      return 'result'
    }
    const outcome = await restartingTransaction(store, async tx => {
      await touchAccount(tx, accountId)
      const result = await beforehand(tx, ['a hash'], compute)
      return { result, ...(await readAccount(tx)) }
    })
    assert.equal(outcome.result, 'result')
    assert.equal(outcome.revision, 3)
  })

  test('what was written before is undone, so that it is written once', async () => {
    await using store = await openWithAccount(await newDatabase())
    await restartingTransaction(store, async tx => {
      await touchAccount(tx, accountId)
      const first = await beforehand(tx, ['one'], async () => 'first')
      await beforehand(tx, ['other', first], async () => 'second')
    })
    assert.equal((await readAccount(store.db)).revision, 2)
  })

  test('it is computed anew from a row that changed meanwhile, and only then', async () => {
    await using store = await openWithAccount(await newDatabase())
    const from: string[] = []
    const result = await restartingTransaction(store, async tx => {
      const { email } = await readAccount(tx)
      return beforehand(tx, ['a hash', email], async () => {
        from.push(email)
        await store.db.updateTable('account').set({ email: 'new@example.com' }).execute()
        return `hash of ${email}`
      })
    })
    assert.equal(result, 'hash of new@example.com')
    assert.deepEqual(from, ['root@example.com', 'new@example.com'])
  })

  test('what cannot be computed ends the transaction', async () => {
    await using store = await openWithAccount(await newDatabase())
    const failing = restartingTransaction(store, async tx => {
      await touchAccount(tx, accountId)
      return beforehand(tx, ['a hash'], () => Promise.reject(new Error('damaged')))
    })
    await assert.rejects(failing, /^Error: damaged$/)
    assert.equal((await readAccount(store.db)).revision, 1)
  })

  test('a transaction that lacks something new each time does not begin for ever', async () => {
    await using store = await openWithAccount(await newDatabase())
    let times = 0
    await assert.rejects(
      restartingTransaction(store, tx => beforehand(tx, [`${times++}`], async () => true)),
      /began 16 times/,
    )
  })

  test('outside a transaction it is computed at once, inside one that cannot begin again never', async () => {
    await using store = await openWithAccount(await newDatabase())
    assert.equal(await beforehand(store.db, ['a hash'], async () => 7), 7)
    await assert.rejects(
      store.transaction(tx => beforehand(tx, ['a hash'], async () => 7)),
      /^Error: a hash in a transaction that cannot begin again$/,
    )
  })
})
