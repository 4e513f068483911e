// What the account holds and may hold: 34 numbers.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
import type { GetAccountSummaryResponse } from '@aws-sdk/client-iam'
import type { ExpressionBuilder } from 'kysely'
import type { AccountId } from '../../identifiers/account-id.ts'
import type { Tables } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { QUOTAS } from './quotas.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
export const GetAccountSummary = operation<object, GetAccountSummaryResponse>({
  permissions: () => [{ action: 'iam:GetAccountSummary', resource: '*' }],

  async perform(_, context) {
    const { rootPasswordHash, rootAccessKeys, rootMfaDevices, ...counts } = await countAll(context)
    return {
      SummaryMap: {
        ...QUOTAS,
        ...NEVER_PRESENT,
        ...counts,
        AccountAccessKeysPresent: Number(rootAccessKeys > 0),
        AccountMFAEnabled: Number(rootMfaDevices > 0),
        AccountPasswordPresent: Number(rootPasswordHash !== null),
        GlobalEndpointTokenVersion: SESSION_TOKEN_VERSION,
      },
    }
  },
})

export const accountSummaryOperations = { GetAccountSummary } satisfies Operations

/** Things that no account has as long as there is no operation that makes them. */
const NEVER_PRESENT = {
  AccountSigningCertificatesPresent: 0,
  InstanceProfiles: 0,
  Providers: 0,
  ServerCertificates: 0,
}

/** As in an account that never called SetSecurityTokenServicePreferences. */
const SESSION_TOKEN_VERSION = 1

/** All counts in one query. */
function countAll({ account, db }: Context) {
  return db
    .selectFrom('account')
    .select(eb => {
      const rows = (table: 'accessKey' | 'group' | 'mfaDevice' | 'policy' | 'role' | 'user') =>
        eb
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where(`${table}.accountId`, '=', account)
      const rowsOfRoot = (table: 'accessKey' | 'mfaDevice') =>
        rows(table).where(`${table}.principalId`, '=', account)
      const devicesInUse = rows('mfaDevice').where('mfaDevice.principalId', 'is not', null)
      // A hardware token that nobody has is a line of its vendor's list, and no device of the account yet.
      const devices = rows('mfaDevice').where(where =>
        where.or([
          where('mfaDevice.kind', '!=', 'hardware'),
          where('mfaDevice.principalId', 'is not', null),
        ]),
      )

      return [
        'rootPasswordHash',
        rowsOfRoot('accessKey').$asScalar().$notNull().as('rootAccessKeys'),
        rowsOfRoot('mfaDevice').$asScalar().$notNull().as('rootMfaDevices'),
        rows('group').$asScalar().$notNull().as('Groups'),
        devices.$asScalar().$notNull().as('MFADevices'),
        devicesInUse.$asScalar().$notNull().as('MFADevicesInUse'),
        rows('policy').$asScalar().$notNull().as('Policies'),
        policiesInUse(eb, account).$asScalar().$notNull().as('PolicyVersionsInUse'),
        rows('role').$asScalar().$notNull().as('Roles'),
        rows('user').$asScalar().$notNull().as('Users'),
      ]
    })
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
}

/** In use is one version of each policy that is attached to something or bounds something (chosen: AWS does not say). */
function policiesInUse(eb: ExpressionBuilder<Tables, 'account'>, account: AccountId) {
  const boundaries = (table: 'role' | 'user') =>
    eb
      .selectFrom(table)
      .select(`${table}.permissionsBoundary as policyArn`)
      .where(`${table}.accountId`, '=', account)
      .where(`${table}.permissionsBoundary`, 'is not', null)
  const attached = eb
    .selectFrom('attachment')
    .select('attachment.policyArn')
    .where('attachment.accountId', '=', account)
  return eb
    .selectFrom(boundaries('role').union(boundaries('user')).union(attached).as('inUse'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
}
