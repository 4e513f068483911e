import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kysely } from 'kysely'
import { onEveryEngine, openStore } from '../every-engine.ts'
import { up as theAccount } from './0001-the-account.ts'
import { up as signIn } from './0002-sign-in.ts'
import { up as sessionHolders } from './0003-session-holders.ts'
import { emptyDatabase } from './empty-database.ts'

const SESSION = {
  accountId: '123456789012',
  tokenHash: 'digest',
  sessionId: 'one',
  principalId: 'AIDA',
  session: '{}',
  passwordMark: null,
  switchedRole: null,
  createDate: 1,
  expireDate: 2,
  lastSeenDate: 1,
  sourceIp: '192.0.2.1',
  userAgent: '',
}

onEveryEngine('the migration to holders of sessions', (newDatabase, engine) => {
  test('ends the sessions of whom nobody knows the holder, and takes none without one', async () => {
    await using store = await openStore(await newDatabase())
    const db = await emptyDatabase(store, engine)
    await theAccount(db, engine)
    await signIn(db, engine)
    const before = db as Kysely<{ browserSession: typeof SESSION }>
    await before.insertInto('browserSession').values(SESSION).execute()
    await sessionHolders(db, engine)

    const holders = async () =>
      (await store.db.selectFrom('browserSession').selectAll().execute()).map(each => each.holder)
    assert.deepEqual(await holders(), [])
    await assert.rejects(before.insertInto('browserSession').values(SESSION).execute())
    const held = { ...SESSION, holder: 'AIDA' }
    await store.db.insertInto('browserSession').values(held).execute()
    assert.deepEqual(await holders(), ['AIDA'])
  })
})
