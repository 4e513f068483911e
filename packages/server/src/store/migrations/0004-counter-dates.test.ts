import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kysely } from 'kysely'
import { onEveryEngine, openStore } from '../every-engine.ts'
import { up as theAccount } from './0001-the-account.ts'
import { up as signIn } from './0002-sign-in.ts'
import { up as sessionHolders } from './0003-session-holders.ts'
import { up as counterDates } from './0004-counter-dates.ts'
import { emptyDatabase } from './empty-database.ts'

const KEY = {
  accountId: '123456789012',
  serialNumber: 'arn:aws:iam::123456789012:u2f/user/ana/blue',
  credentialId: 'id',
  publicKey: Buffer.from('key'),
  signCount: 7,
  transports: '[]',
  aaguid: '',
  attestationFormat: 'none',
  attestation: 'none',
  certifications: '{}',
  backupEligible: 0,
  backupState: 0,
  clonedDate: null,
}

onEveryEngine('the migration to dates of counters', (newDatabase, engine) => {
  test('keeps every key with its counter, of which nobody knows when it moved', async () => {
    await using store = await openStore(await newDatabase())
    const db = await emptyDatabase(store, engine)
    await theAccount(db, engine)
    await signIn(db, engine)
    await sessionHolders(db, engine)
    const before = db as Kysely<{ securityKey: typeof KEY }>
    await before.insertInto('securityKey').values(KEY).execute()
    await counterDates(db)
    const { signCount, countedDate } = await store.db
      .selectFrom('securityKey')
      .selectAll()
      .executeTakeFirstOrThrow()
    assert.deepEqual([signCount, countedDate], [7, null])
  })
})
