// Rows of browsers' sessions, each with the password that its principal has now.
import type { Selectable } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import { compiled } from '../store/compiled.ts'
import type { Queries } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { sessionName } from './browser-session-name.ts'
import type { BrowserSession, SwitchedRole } from './browser-sessions.ts'
import { passwordMark } from './password-mark.ts'
import type { Session } from './session-tokens.ts'

export type SessionRow = Selectable<Tables['browserSession']> & {
  readonly userPasswordHash: string | null
  readonly rootPasswordHash: string | null
}

type TokenOf = Pick<BrowserSession, 'account' | 'tokenHash'>

const rowsOfToken = compiled(
  (db, { account, tokenHash }: TokenOf) =>
    selectRows(db, account).where('browserSession.tokenHash', '=', tokenHash),
  ({ account, tokenHash }) => [account, tokenHash],
)

/** Each of the console's requests asks twice. */
export async function findRow(db: Queries, token: TokenOf): Promise<SessionRow | undefined> {
  const [row] = await rowsOfToken(db, token)
  return row
}

/** Whether the session, which was alive a moment ago, is there still, with the role that it had and the password of now. */
export async function isStanding(db: Queries, session: BrowserSession): Promise<boolean> {
  const row = await findRow(db, session)
  if (row === undefined || sessionOf(session.account, row).name !== session.name) return false
  return row.passwordMark === null || row.passwordMark === currentMark(row)
}

/** Rows of the account. */
export function selectRows(db: Queries, account: AccountId) {
  return db
    .selectFrom('browserSession')
    .innerJoin('account', 'account.accountId', 'browserSession.accountId')
    .leftJoin('loginProfile', join =>
      join
        .onRef('loginProfile.accountId', '=', 'browserSession.accountId')
        .onRef('loginProfile.userId', '=', 'browserSession.principalId'),
    )
    .selectAll('browserSession')
    .select(['account.rootPasswordHash', 'loginProfile.passwordHash as userPasswordHash'])
    .where('browserSession.accountId', '=', account)
}

/** The mark of that password. */
export function currentMark({
  accountId,
  principalId,
  userPasswordHash,
  rootPasswordHash,
}: SessionRow) {
  const current = principalId === accountId ? rootPasswordHash : userPasswordHash
  return current === null ? undefined : passwordMark(current)
}

/** What we wrote is what we read. */
export function sessionOf(
  account: AccountId,
  row: Selectable<Tables['browserSession']>,
): BrowserSession {
  const { tokenHash, sessionId, principalId, holder, createDate, expireDate, lastSeenDate } = row
  const switchedRole =
    row.switchedRole === null ? undefined : (JSON.parse(row.switchedRole) as SwitchedRole)
  return {
    account,
    tokenHash,
    sessionId,
    name: sessionName(sessionId, switchedRole),
    principalId,
    holder,
    session: JSON.parse(row.session) as Session,
    switchedRole,
    passwordMark: row.passwordMark,
    createDate,
    expireDate,
    lastSeenDate,
    sourceIp: row.sourceIp,
    userAgent: row.userAgent,
  }
}
