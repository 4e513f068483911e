import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import { test } from 'node:test'
import { checkpoint } from './checkpoint.ts'
import { onEveryEngine, openStore } from './every-engine.ts'

const account = { accountId: '123456789012', email: 'root@example.com', createDate: 0 }

onEveryEngine('A checkpoint', (newDatabase, engine) => {
  test('goes on beside an open transaction', async () => {
    await using store = await openStore(await newDatabase())
    await store.transaction(async tx => {
      await tx.insertInto('account').values(account).execute()
      await checkpoint(store)
    })
    assert.equal((await store.db.selectFrom('account').selectAll().execute()).length, 1)
  })

  if (engine !== 'sqlite') return

  test('brings what was committed into the file itself', async () => {
    const database = await newDatabase()
    await using store = await openStore(database)
    await store.transaction(tx => tx.insertInto('account').values(account).execute())
    await checkpoint(store)
    copyFileSync(database, `${database}.copy`)
    await using copy = await openStore(`${database}.copy`)
    assert.equal((await copy.db.selectFrom('account').selectAll().execute()).length, 1)
  })
})
