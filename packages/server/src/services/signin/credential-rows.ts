// What is kept of users' credentials, read for many users at once: a query a table, whatever their number. Rows are sorted by their
// user first, or SQLite would walk all of the account in that order instead of finding these users.
import { METHOD_OF, isPhishingResistant } from '../../authentication/mfa-method.ts'
import type { Context } from '../context.ts'
import type { Read } from '../iam/entity-details.ts'
import { byId } from '../iam/entity-details.ts'
import type { UserRow } from '../iam/user-lookup.ts'
import { passwordDetails } from './login-profiles.ts'

/** In the order of their names. */
export const readUsers = (
  { account, db }: Context,
  after: string,
  limit: number,
): Promise<UserRow[]> =>
  db
    .selectFrom('user')
    .selectAll()
    .where('accountId', '=', account)
    .where('userNameKey', '>', after)
    .orderBy('userNameKey')
    .limit(limit)
    .execute()

/** A user has one or none. */
export async function readPasswords(context: Context, userIds: readonly string[]) {
  if (userIds.length === 0) return () => []
  const { account, db } = context
  const rows = await db
    .selectFrom('loginProfile')
    .select(['userId', 'createDate', 'passwordChangedDate', 'passwordResetRequired'])
    .where('accountId', '=', account)
    .where('userId', 'in', userIds)
    .execute()
  return byId(rows, row => row.userId, await passwordDetails(context))
}

export type UserDevice = ReturnType<Awaited<ReturnType<typeof readUserDevices>>>[number]

export async function readUserDevices({ account, db }: Context, userIds: readonly string[]) {
  if (userIds.length === 0) return () => []
  const rows = await db
    .selectFrom('mfaDevice')
    .leftJoin('securityKey', join =>
      join
        .onRef('securityKey.accountId', '=', 'mfaDevice.accountId')
        .onRef('securityKey.serialNumber', '=', 'mfaDevice.serialNumber'),
    )
    .select(['mfaDevice.serialNumber', 'deviceName', 'kind', 'enableDate', 'principalId'])
    .select(['backupEligible', 'clonedDate'])
    .where('mfaDevice.accountId', '=', account)
    .where('principalId', 'in', userIds)
    .orderBy('principalId')
    .orderBy('mfaDevice.serialNumber')
    .execute()
  return byId(
    rows,
    row => row.principalId ?? '',
    row => ({
      SerialNumber: row.serialNumber,
      DeviceName: row.deviceName,
      Method: METHOD_OF[row.kind],
      PhishingResistant: isPhishingResistant(METHOD_OF[row.kind]),
      EnableDate: new Date(row.enableDate ?? 0),
      BackupEligible: row.backupEligible === null ? undefined : row.backupEligible === 1,
      ClonedDate: row.clonedDate === null ? undefined : new Date(row.clonedDate),
    }),
  )
}

export async function readAccessKeys({ account, db }: Context, userIds: readonly string[]) {
  if (userIds.length === 0) return () => []
  const rows = await db
    .selectFrom('accessKey')
    .select(['principalId', 'accessKeyId', 'status', 'createDate'])
    .where('accountId', '=', account)
    .where('principalId', 'in', userIds)
    .orderBy('principalId')
    .orderBy('accessKeyId')
    .execute()
  return byId(
    rows,
    row => row.principalId,
    row => ({
      AccessKeyId: row.accessKeyId,
      Status: row.status,
      CreateDate: new Date(row.createDate),
    }),
  )
}

/** When an access key was used last, and for what. */
export type KeyUse = {
  readonly accessKeyId: string
  readonly lastUsedDate: number | null
  readonly lastUsedService: string | null
  readonly lastUsedRegion: string | null
}

export async function readKeyUses(
  { account, db }: Context,
  userIds: readonly string[],
): Promise<Read<KeyUse>> {
  if (userIds.length === 0) return () => []
  const rows = await db
    .selectFrom('accessKey')
    .select(['principalId', 'accessKeyId', 'lastUsedDate', 'lastUsedService', 'lastUsedRegion'])
    .where('accountId', '=', account)
    .where('principalId', 'in', userIds)
    .execute()
  return byId(
    rows,
    row => row.principalId,
    row => row,
  )
}
