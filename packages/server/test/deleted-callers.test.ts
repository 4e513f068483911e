// Callers who are deleted while their own request waits for its turn.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateUserCommand, DeleteRoleCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { sql } from 'kysely'
import { touchAccount } from '../src/store/account-revision.ts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import type { Store } from '../src/store/store.ts'
import { newRole, newUser, policy, sessionOf, trust, allow } from './people.ts'
import { startTwinlock } from './twinlock.ts'
import { until } from './until.ts'

/** Resolves when that many transactions wait for a row. */
async function waiting({ db }: Store, count: number): Promise<void> {
  const transactions = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  await until(
    () => transactions.execute(db),
    ({ rows }) => rows.length === count,
  )
}

onEveryEngine('a caller that is deleted', (newDatabase, engine) => {
  test(
    'while its change waits is refused, as its next request will be',
    // SQLite has one queue, which is the server's own.
    { skip: engine === 'sqlite' },
    async () => {
      const database = await newDatabase()
      await using twinlock = await startTwinlock({ database })
      const ana = await newUser(twinlock, 'ana', allow('sts:AssumeRole'))
      const RoleName = 'ops'
      const { Arn: RoleArn } = await newRole(twinlock, {
        RoleName,
        AssumeRolePolicyDocument: policy(trust(ana.Arn)),
      })
      const assume = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' })
      const session = sessionOf(await twinlock.sts(ana).send(assume))
      await twinlock.flush()

      await using store = await openStore(database)
      const [deleting, creating] = await store.transaction(async tx => {
        await touchAccount(tx, twinlock.account)
        const first = twinlock.iam().send(new DeleteRoleCommand({ RoleName }))
        await waiting(store, 1)
        const second = twinlock.iam(session).send(new CreateUserCommand({ UserName: 'ben' }))
        await waiting(store, 2)
        return [first, Promise.allSettled([second])] as const
      })
      await deleting
      const [outcome] = await creating
      assert.equal(outcome.status, 'rejected')
      assert.equal(outcome.reason.$metadata.httpStatusCode, 403)
    },
  )
})
