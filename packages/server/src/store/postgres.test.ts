// What a node may do to the others that share its PostgreSQL, and the database to a node. The time limits in the URLs are shorter than
// ours, so that nobody waits for them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { onEveryEngine, openStore } from './every-engine.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

const account = { accountId: '123456789012', email: 'root@example.com', createDate: 0 }

/** A defence that is gone leaves a test waiting for a lock. */
const WITHOUT_WAITING = { timeout: 8000 }

const withOption = (database: string, option: string, value: string) => {
  const url = new URL(database)
  url.searchParams.set(option, value)
  return url.href
}

const touch = (tx: Transaction<Tables>) =>
  tx
    .updateTable('account')
    .set(eb => ({ revision: eb('revision', '+', 1) }))
    .execute()

const revisionIn = async ({ db }: Store) =>
  (await db.selectFrom('account').select('revision').executeTakeFirstOrThrow()).revision

/** Takes the account's row and keeps it, as a node does that hangs, until it is told to go on. */
async function hang(store: Store) {
  const { promise: locked, resolve: lock } = Promise.withResolvers<number>()
  const { promise: told, resolve: goOn } = Promise.withResolvers<void>()
  const ended = store.transaction(async tx => {
    await touch(tx)
    const pid = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
    lock(pid.rows[0]?.pid ?? 0)
    await told
    await touch(tx)
  })
  ended.catch(() => undefined)
  return { pid: await locked, goOn, ended }
}

onEveryEngine('Nodes that share a database', (newDatabase, engine) => {
  if (engine !== 'postgres') return

  const withAccount = async () => {
    const database = await newDatabase()
    await using store = await openStore(database)
    await store.transaction(tx => tx.insertInto('account').values(account).execute())
    return database
  }

  const settingOf = async (queries: Store['db'], name: string) => {
    const { rows } = await sql<{
      setting: string
    }>`select current_setting(${name}) as setting`.execute(queries)
    return rows[0]?.setting
  }

  test('every connection waits ten seconds for a lock, and may hold one thirty seconds idly', async () => {
    await using store = await openStore(await withAccount())
    const limits = async (queries: Store['db']) => [
      await settingOf(queries, 'lock_timeout'),
      await settingOf(queries, 'idle_in_transaction_session_timeout'),
    ]
    assert.deepEqual(await limits(store.db), ['10s', '30s'])
    assert.deepEqual(await store.transaction(limits), ['10s', '30s'])
  })

  test(
    'whoever waits for the row of a node that hangs fails in time, and works again after it',
    WITHOUT_WAITING,
    async () => {
      const database = await withAccount()
      await using slow = await openStore(database)
      await using other = await openStore(withOption(database, 'lock_timeout', '50'))
      const { goOn, ended } = await hang(slow)
      const waiting = Array.from({ length: 20 }, () => other.transaction(touch))
      for (const each of await Promise.allSettled(waiting)) {
        assert.equal(each.status, 'rejected')
        assert.match(String(each.reason), /lock timeout/)
      }
      goOn()
      await ended
      await other.transaction(touch)
      assert.equal(await revisionIn(other), 4)
    },
  )

  test(
    'a node that hangs with the row loses it, and what it did, in time',
    WITHOUT_WAITING,
    async () => {
      const database = await withAccount()
      await using slow = await openStore(
        withOption(database, 'idle_in_transaction_session_timeout', '100'),
      )
      await using other = await openStore(database)
      const { goOn, ended } = await hang(slow)
      await other.transaction(touch)
      goOn()
      await assert.rejects(ended)
      assert.equal(await revisionIn(other), 2)
      await slow.transaction(touch)
      assert.equal(await revisionIn(slow), 3)
    },
  )

  test('a connection that ends amid a transaction undoes it whole, and the next one has another', async () => {
    await using store = await openStore(await withAccount())
    const { pid, goOn, ended } = await hang(store)
    await sql`select pg_terminate_backend(${pid}, 5000)`.execute(store.db)
    goOn()
    await assert.rejects(ended)
    assert.equal(await revisionIn(store), 1)
    await store.transaction(touch)
    assert.equal(await revisionIn(store), 2)
  })

  test(
    'transactions that wait for one another leave connections to read with',
    WITHOUT_WAITING,
    async () => {
      await using store = await openStore(await withAccount())
      await Promise.all(
        Array.from({ length: 40 }, () =>
          store.transaction(async tx => {
            await touch(tx)
            await revisionIn(store)
          }),
        ),
      )
      assert.equal(await revisionIn(store), 41)
    },
  )
})

onEveryEngine('A transaction', (newDatabase, engine) => {
  /** How the engine says that a commit waits for the disk, and that it does not. */
  const [setting, waits, doesNot] =
    engine === 'postgres'
      ? ([sql`show synchronous_commit`, 'on', 'off'] as const)
      : ([sql`pragma synchronous`, 2, 1] as const)

  test('waits for the disk, and an unhurried one does not, in whatever order they come', async () => {
    await using store = await openStore(await newDatabase())
    const ask = async (tx: Transaction<Tables>) => {
      const { rows } = await sql<{
        synchronous: unknown
        synchronous_commit: unknown
      }>`${setting}`.execute(tx)
      return rows[0]?.synchronous_commit ?? rows[0]?.synchronous
    }
    for (const [kind, expected] of [
      ['transaction', waits],
      ['unhurried', doesNot],
      ['transaction', waits],
    ] as const) {
      assert.equal(await store[kind](ask), expected)
    }
  })
})
