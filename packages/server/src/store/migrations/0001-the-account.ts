// The first schema: one account with its principals, policies, devices, proofs and audit.
import type { Expression, Kysely } from 'kysely'
import type { Engine } from '../store.ts'
import { columnTypes, newTable } from './new-table.ts'

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { text, bytes } = columnTypes(engine)
  const table = newTable(db)

  await db.schema
    .createTable('account')
    .addColumn('accountId', text as Expression<unknown>, c => c.primaryKey())
    .addColumn('revision', 'bigint', c => c.notNull().defaultTo(1))
    .addColumn('email', text as Expression<unknown>, c => c.notNull())
    .addColumn('alias', text as Expression<unknown>, c => c.unique())
    .addColumn('rootPasswordHash', text as Expression<unknown>)
    .addColumn('rootPasswordLastUsed', 'bigint')
    .addColumn('passwordPolicy', text as Expression<unknown>)
    .addColumn('createDate', 'bigint', c => c.notNull())
    .execute()

  await table(
    'user',
    ['accountId', 'userId'],
    [
      ['accountId', text],
      ['userId', text],
      ['userName', text],
      ['userNameKey', text],
      ['path', text],
      ['createDate', 'bigint'],
      ['permissionsBoundary', text, 'null'],
      ['passwordLastUsed', 'bigint', 'null'],
    ],
    [['accountId', 'userNameKey']],
  )
  await table(
    'loginProfile',
    ['accountId', 'userId'],
    [
      ['accountId', text],
      ['userId', text],
      ['passwordHash', text],
      ['passwordResetRequired', 'integer'],
      ['createDate', 'bigint'],
      ['passwordChangedDate', 'bigint'],
    ],
  )
  await table(
    'formerPassword',
    ['accountId', 'userId', 'passwordHash'],
    [
      ['accountId', text],
      ['userId', text],
      ['passwordHash', text],
      ['replacedDate', 'bigint'],
    ],
  )
  await table(
    'passwordGuess',
    ['accountId', 'userId'],
    [
      ['accountId', text],
      ['userId', text],
      ['failures', 'integer'],
      ['lastFailureDate', 'bigint'],
    ],
  )
  await table(
    'accessKey',
    ['accountId', 'accessKeyId'],
    [
      ['accountId', text],
      ['accessKeyId', text],
      ['principalId', text],
      ['sealedSecret', bytes],
      ['status', text],
      ['createDate', 'bigint'],
      ['lastUsedDate', 'bigint', 'null'],
      ['lastUsedService', text, 'null'],
      ['lastUsedRegion', text, 'null'],
    ],
  )
  await table(
    'group',
    ['accountId', 'groupId'],
    [
      ['accountId', text],
      ['groupId', text],
      ['groupName', text],
      ['groupNameKey', text],
      ['path', text],
      ['createDate', 'bigint'],
    ],
    [['accountId', 'groupNameKey']],
  )
  await table(
    'membership',
    ['accountId', 'userId', 'groupId'],
    [
      ['accountId', text],
      ['userId', text],
      ['groupId', text],
    ],
  )
  await table(
    'role',
    ['accountId', 'roleId'],
    [
      ['accountId', text],
      ['roleId', text],
      ['roleName', text],
      ['roleNameKey', text],
      ['path', text],
      ['description', text, 'null'],
      ['maxSessionDuration', 'integer'],
      ['assumeRolePolicyDocument', text],
      ['trustBindings', text],
      ['permissionsBoundary', text, 'null'],
      ['createDate', 'bigint'],
      ['lastUsedDate', 'bigint', 'null'],
      ['lastUsedRegion', text, 'null'],
    ],
    [['accountId', 'roleNameKey']],
  )
  await table(
    'policy',
    ['accountId', 'policyId'],
    [
      ['accountId', text],
      ['policyId', text],
      ['policyName', text],
      ['policyNameKey', text],
      ['path', text],
      ['arn', text],
      ['description', text, 'null'],
      ['defaultVersion', 'integer'],
      ['latestVersion', 'integer'],
      ['createDate', 'bigint'],
      ['updateDate', 'bigint'],
    ],
    [
      ['accountId', 'policyNameKey'],
      ['accountId', 'arn'],
    ],
  )
  await table(
    'policyVersion',
    ['accountId', 'policyId', 'version'],
    [
      ['accountId', text],
      ['policyId', text],
      ['version', 'integer'],
      ['document', text],
      ['createDate', 'bigint'],
    ],
  )
  await table(
    'inlinePolicy',
    ['accountId', 'principalId', 'policyNameKey'],
    [
      ['accountId', text],
      ['principalId', text],
      ['policyName', text],
      ['policyNameKey', text],
      ['document', text],
    ],
  )
  await table(
    'attachment',
    ['accountId', 'principalId', 'policyArn'],
    [
      ['accountId', text],
      ['principalId', text],
      ['policyArn', text],
    ],
  )
  await table(
    'tag',
    ['accountId', 'resourceId', 'tagKey'],
    [
      ['accountId', text],
      ['resourceId', text],
      ['tagKey', text],
      ['key', text],
      ['value', text],
    ],
  )
  await table(
    'mfaDevice',
    ['accountId', 'serialNumber'],
    [
      ['accountId', text],
      ['serialNumber', text],
      ['kind', text],
      ['path', text],
      ['deviceName', text],
      ['sealedSeed', bytes],
      ['createDate', 'bigint'],
      ['principalId', text, 'null'],
      ['enableDate', 'bigint', 'null'],
    ],
  )
  await table(
    'totpState',
    ['accountId', 'serialNumber'],
    [
      ['accountId', text],
      ['serialNumber', text],
      ['state', text],
    ],
  )
  await table(
    'auditEvent',
    ['accountId', 'eventTime', 'eventId'],
    [
      ['accountId', text],
      ['eventTime', 'bigint'],
      ['eventId', text],
      ['eventName', text],
      ['eventSource', text],
      ['userName', text, 'null'],
      ['accessKeyId', text, 'null'],
      ['readOnly', 'integer'],
      ['record', text],
    ],
  )
  await table(
    'sealedKey',
    ['keyId'],
    [
      ['keyId', 'integer'],
      ['sealedKey', bytes],
      ['createDate', 'bigint'],
    ],
  )

  const indexes = [
    ['accessKey', 'principalId'],
    ['membership', 'groupId'],
    ['attachment', 'policyArn'],
    ['mfaDevice', 'principalId'],
    ['user', 'permissionsBoundary'],
    ['role', 'permissionsBoundary'],
  ] as const
  for (const [on, column] of indexes) {
    await db.schema
      .createIndex(`${on}_by_${column}`)
      .on(on)
      .columns(['accountId', column])
      .execute()
  }
}
