// What the log says while the audit cannot be written, and when it can again. The server is a real process.
import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { sql } from 'kysely'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { startServerProcess } from './server-process.ts'
import { until } from './until.ts'

onEveryEngine('A server that cannot write its audit', (newDatabase, engine) => {
  test('says so once, and when it is over; and then all is written', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'twinlock-failing-'))
    const data = join(folder.path, 'data')
    const given = engine === 'postgres' ? { database: await newDatabase() } : {}
    const failures: string[] = []
    await using server = await startServerProcess({ data, failures, ...given })
    await using store = await openStore(given.database ?? join(data, 'twinlock.sqlite'))
    let requests = 0
    /** Asks the server, whose records then wait to be written, until it has told of it. */
    const askUntilTold = (what: string) =>
      until(
        async () => {
          await server.sts().send(new GetCallerIdentityCommand({}))
          requests++
          return failures.filter(line => line.includes(what))
        },
        lines => lines.length > 0,
      )

    await sql`alter table "auditEvent" rename to "away"`.execute(store.db)
    await askUntilTold('Writing the audit and last uses failed: ')
    const askedBefore = requests
    for (; requests < askedBefore + 50; requests++) {
      await server.sts().send(new GetCallerIdentityCommand({}))
    }
    await sql`alter table "away" rename to "auditEvent"`.execute(store.db)
    await askUntilTold('Writing the audit and last uses works again, after it failed ')
    assert.equal(failures.filter(line => line.includes('failed: ')).length, 1)
    await server.stop()
    const records = await store.db.selectFrom('auditEvent').select('eventName').execute()
    assert.equal(records.length, requests)
  })
})
