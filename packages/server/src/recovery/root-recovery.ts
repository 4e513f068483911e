// What whoever runs the server does for its root user, at the store itself, whether servers run or not: one transaction, which every
// node sees as it sees each change of the account, and after which nobody is signed in as root.
import { auditRow, GLOBAL_REGION } from '../audit/audit-row.ts'
import { endAllSessionsOf } from '../authentication/browser-session-endings.ts'
import type { Attempt } from '../authentication/sign-in-attempts.ts'
import { dropBegunDevice } from '../authentication/sign-in-attempts.ts'
import { ConfigError } from '../config.ts'
import { findAccountId } from '../identifiers/account-id.ts'
import type { KeyStore } from '../keyring/key-store.ts'
import { touchAccount } from '../store/account-revision.ts'
import type { Queries } from '../store/store.ts'
import type { RootContext } from './root-context.ts'
import { rootContext } from './root-context.ts'

/** Who does it, and when. */
export type RecoveredBy = {
  /** The operating system's name of whoever runs the command. */
  readonly operator: string
  readonly now: Date
}

/** One recovery, and what the audit tells of it: no secret. */
export type Recovery<Result> = {
  readonly command: `twinlock root ${string}`
  readonly perform: (context: RootContext) => Promise<Result>
  readonly told: (result: Result) => Readonly<Record<string, unknown>>
}

/** @throws ConfigError in one sentence, where nothing was changed */
export async function recoverRoot<Result>(
  keys: KeyStore,
  { operator, now }: RecoveredBy,
  { command, perform, told }: Recovery<Result>,
): Promise<Result> {
  return keys.store.transaction(async tx => {
    const account = await theAccount(tx)
    await touchAccount(tx, account)
    const context = await rootContext(keys, tx, account, now)
    await endAttempts(context)
    const result = await perform(context)
    await endAllSessionsOf(tx, { account, holder: account })
    const details = { Command: command, ...told(result) }
    await tx
      .insertInto('auditEvent')
      .values(recoveryRow(context, operator, details))
      .execute()
    return result
  })
}

async function theAccount(db: Queries) {
  const row = await db.selectFrom('account').select('accountId').executeTakeFirst()
  const account = findAccountId(row?.accountId ?? '')
  if (account !== undefined) return account
  throw new ConfigError('The database holds no account yet: `twinlock start` makes it.')
}

/** Ends root's sign-ins under way, whatever they have proved. */
async function endAttempts({ account, db }: RootContext): Promise<void> {
  const rows = await db
    .deleteFrom('signInAttempt')
    .where('accountId', '=', account)
    .where('principalId', '=', account)
    .returning('state')
    .execute()
  // Only sign-in-attempts.ts writes the column.
  for (const { state } of rows) await dropBegunDevice(db, account, JSON.parse(state) as Attempt)
}

/** Nothing of it came over a network: it has no address. */
const recoveryRow = (
  { account, now }: RootContext,
  operator: string,
  serviceEventDetails: Readonly<Record<string, unknown>>,
) =>
  auditRow(
    { account, userName: null, accessKeyId: null },
    {
      userIdentity: { type: 'Operator', principalId: operator, accountId: account },
      eventSource: 'twinlock',
      eventName: 'RecoverRoot',
      awsRegion: GLOBAL_REGION,
      requestParameters: null,
      responseElements: null,
      readOnly: false,
      eventType: 'AwsServiceEvent',
      serviceEventDetails,
    },
    now,
  )
