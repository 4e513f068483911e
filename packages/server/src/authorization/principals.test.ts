import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAccountId } from '../identifiers/account-id.ts'
import { onEveryEngine, openStore } from '../store/every-engine.ts'
import type { Store } from '../store/store.ts'
import { REVISION_CHECK_MS, principals } from './principals.ts'

const account = parseAccountId('123456789012')
const begin = Date.UTC(2026, 0, 2)
const at = (ms: number) => new Date(begin + ms)

async function withAccount(store: Store) {
  const row = { accountId: account, email: 'root@example.com', createDate: begin }
  await store.transaction(tx => tx.insertInto('account').values(row).execute())
  return principals(store, () => 'secret')
}

onEveryEngine('the principals that a node remembers', newDatabase => {
  test('an account that nobody has is told from one that is there', async () => {
    await using store = await openStore(await newDatabase())
    const cache = await withAccount(store)
    assert.equal(await cache.refresh(account, at(0)), true)
    assert.equal(await cache.refresh(parseAccountId('210987654321'), at(0)), false)
  })

  test('a node that is cut off from its store honours what it remembers no longer than between two looks', async () => {
    const store = await openStore(await newDatabase())
    const cache = await withAccount(store)
    await cache.refresh(account, at(0))
    await store[Symbol.asyncDispose]()
    assert.equal(await cache.refresh(account, at(REVISION_CHECK_MS - 1)), true)
    const asked = [0, 1, 2].map(ms => cache.refresh(account, at(REVISION_CHECK_MS + ms)))
    for (const each of await Promise.allSettled(asked)) assert.equal(each.status, 'rejected')
    await assert.rejects(cache.refresh(account, at(REVISION_CHECK_MS + 3)))
  })

  test('a clock that was set back makes a node look again', async () => {
    await using store = await openStore(await newDatabase())
    const cache = await withAccount(store)
    await cache.refresh(account, at(0))
    await store.transaction(tx => tx.deleteFrom('account').execute())
    assert.equal(await cache.refresh(account, at(-1)), false)
  })
})
