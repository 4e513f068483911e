import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Kysely } from 'kysely'
import { onEveryEngine, openStore } from '../every-engine.ts'
import { up as theAccount } from './0001-the-account.ts'
import { up as signIn } from './0002-sign-in.ts'
import { emptyDatabase } from './empty-database.ts'

onEveryEngine('the migration to sign-in', (newDatabase, engine) => {
  test('keeps every device with its seed and its owner, and makes room for those without a seed', async () => {
    await using store = await openStore(await newDatabase())
    const db = await emptyDatabase(store, engine)
    await theAccount(db, engine)
    const device = {
      accountId: '123456789012',
      serialNumber: 'arn:aws:iam::123456789012:mfa/phone',
      kind: 'virtual',
      path: '/',
      deviceName: 'phone',
      sealedSeed: Buffer.from('sealed'),
      createDate: 1_700_000_000_000,
      principalId: 'AIDA',
      enableDate: 1_700_000_000_001,
    } as const
    await (db as Kysely<{ mfaDevice: typeof device }>)
      .insertInto('mfaDevice')
      .values(device)
      .execute()
    await signIn(db, engine)

    const kept = await store.db.selectFrom('mfaDevice').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual(
      { ...kept, sealedSeed: Buffer.from(kept.sealedSeed ?? []) },
      { ...device, totpFormat: null, validFrom: null, validUntil: null },
    )
    const more = { totpFormat: null, validFrom: null, validUntil: null, sealedSeed: null }
    await store.db
      .insertInto('mfaDevice')
      .values({ ...device, ...more, kind: 'securityKey', serialNumber: 'key' })
      .execute()
    await assert.rejects(
      store.db
        .insertInto('mfaDevice')
        .values({ ...device, ...more, serialNumber: 'key' })
        .execute(),
    )
  })
})
