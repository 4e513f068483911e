// Sign-in to the console: browser sessions, what leads to one, and devices of every kind.
import type { Expression, Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Engine } from '../store.ts'
import { columnTypes, newTable } from './new-table.ts'

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { text, bytes } = columnTypes(engine)
  const table = newTable(db)

  await db.schema.alterTable('account').addColumn('rootFirstSignInWithoutMfa', 'bigint').execute()
  await db.schema
    .alterTable('account')
    .addColumn('mfaRequirement', text as Expression<unknown>)
    .execute()

  await rebuildMfaDevices()

  await table(
    'securityKey',
    ['accountId', 'serialNumber'],
    [
      ['accountId', text],
      ['serialNumber', text],
      ['credentialId', text],
      ['publicKey', bytes],
      ['signCount', 'bigint'],
      ['transports', text],
      ['aaguid', text],
      ['attestationFormat', text],
      ['attestation', text],
      ['certifications', text],
      ['backupEligible', 'integer'],
      ['backupState', 'integer'],
      ['clonedDate', 'bigint', 'null'],
    ],
    [['accountId', 'credentialId']],
  )
  await table(
    'securityKeyCeremony',
    ['accountId', 'boundTo', 'purpose'],
    [
      ['accountId', text],
      ['boundTo', text],
      ['purpose', text],
      ['challenge', text],
      ['deviceName', text, 'null'],
      ['principalId', text],
      ['expireDate', 'bigint'],
    ],
  )
  await table(
    'signInAttempt',
    ['accountId', 'tokenHash'],
    [
      ['accountId', text],
      ['tokenHash', text],
      ['principalId', text],
      ['version', 'integer'],
      ['wrongCodes', 'integer'],
      ['state', text],
      ['expireDate', 'bigint'],
    ],
  )
  await table(
    'signInThrottle',
    ['accountId', 'bucket'],
    [
      ['accountId', text],
      ['bucket', text],
      ['failures', 'integer'],
      ['lastFailureDate', 'bigint'],
    ],
  )
  await table(
    'browserSession',
    ['accountId', 'tokenHash'],
    [
      ['accountId', text],
      ['tokenHash', text],
      ['sessionId', text],
      ['principalId', text],
      ['session', text],
      ['passwordMark', text, 'null'],
      ['switchedRole', text, 'null'],
      ['createDate', 'bigint'],
      ['expireDate', 'bigint'],
      ['lastSeenDate', 'bigint'],
      ['sourceIp', text],
      ['userAgent', text],
    ],
    [['accountId', 'sessionId']],
  )
  await table(
    'signinToken',
    ['accountId', 'tokenHash'],
    [
      ['accountId', text],
      ['tokenHash', text],
      ['session', text],
      ['sessionSeconds', 'integer', 'null'],
      ['expireDate', 'bigint'],
    ],
  )

  const indexes = [
    ['browserSession', 'principalId'],
    ['browserSession', 'expireDate'],
    ['securityKeyCeremony', 'expireDate'],
    ['signInAttempt', 'expireDate'],
    ['signInThrottle', 'lastFailureDate'],
    ['signinToken', 'expireDate'],
  ] as const
  for (const [on, column] of indexes) {
    await db.schema
      .createIndex(`${on}_by_${column}`)
      .on(on)
      .columns(['accountId', column])
      .execute()
  }

  /** Security keys have no seed. SQLite cannot drop a NOT NULL, so both engines copy the table. */
  async function rebuildMfaDevices(): Promise<void> {
    const kept = [
      'accountId',
      'serialNumber',
      'kind',
      'path',
      'deviceName',
      'sealedSeed',
      'createDate',
      'principalId',
      'enableDate',
    ] as const
    await db.schema.dropIndex('mfaDevice_by_principalId').execute()
    await db.schema.alterTable('mfaDevice').renameTo('mfaDeviceWithSeed').execute()
    // PostgreSQL names the index of a primary key by its constraint, whatever becomes of the table.
    if (engine === 'postgres') {
      await sql`alter table "mfaDeviceWithSeed" drop constraint "mfaDevice_key"`.execute(db)
    }
    await table(
      'mfaDevice',
      ['accountId', 'serialNumber'],
      [
        ['accountId', text],
        ['serialNumber', text],
        ['kind', text],
        ['path', text],
        ['deviceName', text],
        ['sealedSeed', bytes, 'null'],
        ['totpFormat', text, 'null'],
        ['validFrom', 'bigint', 'null'],
        ['validUntil', 'bigint', 'null'],
        ['createDate', 'bigint'],
        ['principalId', text, 'null'],
        ['enableDate', 'bigint', 'null'],
      ],
    )
    const columns = sql.join(kept.map(column => sql.ref(column)))
    await sql`insert into "mfaDevice" (${columns}) select ${columns} from "mfaDeviceWithSeed"`.execute(
      db,
    )
    await db.schema.dropTable('mfaDeviceWithSeed').execute()
    await db.schema
      .createIndex('mfaDevice_by_principalId')
      .on('mfaDevice')
      .columns(['accountId', 'principalId'])
      .execute()
  }
}
