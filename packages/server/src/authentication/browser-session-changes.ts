// How a browser's session begins, and what changes it: another token, another password, a role put on or off.
import { randomUUID } from 'node:crypto'
import type { Random } from '../identifiers/random.ts'
import type { Queries } from '../store/store.ts'
import { endBeyond } from './browser-session-endings.ts'
import { sessionName } from './browser-session-name.ts'
import { currentMark, findRow } from './browser-session-rows.ts'
import type { BrowserSession, SwitchedRole } from './browser-sessions.ts'
import { holderOfSession } from './browser-sessions.ts'
import { newBrowserToken } from './browser-token.ts'
import type { Session } from './session-tokens.ts'

/** What a new session is made of. */
export type NewBrowserSession = {
  readonly session: Session
  readonly passwordMark: string | null
  readonly sourceIp: string
  readonly userAgent: string
}

/** More of one holder's, and the oldest end: nobody reads a list of a hundred. */
const MOST_SESSIONS = 50

const LONGEST_USER_AGENT = 512

/** Opens a session and returns the token for the browser's cookie. */
export async function openBrowserSession(
  db: Queries,
  { session, ...more }: NewBrowserSession,
  random: Random,
  now: Date,
): Promise<{ readonly token: string; readonly sessionId: string }> {
  const { account, principalId } = session
  const { token, tokenHash } = newBrowserToken(account, random)
  const at = now.getTime()
  const sessionId = randomUUID()
  const holder = holderOfSession(session)
  await db
    .insertInto('browserSession')
    .values({
      accountId: account,
      tokenHash,
      sessionId,
      principalId,
      holder,
      session: JSON.stringify(session),
      passwordMark: more.passwordMark,
      switchedRole: null,
      createDate: at,
      expireDate: session.expiresAt * 1000,
      lastSeenDate: at,
      sourceIp: more.sourceIp,
      userAgent: more.userAgent.slice(0, LONGEST_USER_AGENT),
    })
    .execute()
  await endBeyond(db, account, holder, MOST_SESSIONS)
  return { token, sessionId }
}

/**
 * Gives a session a new token: the old one, wherever it went, is worth nothing. For whoever has just proved the session by its token;
 * undefined when the session has ended meanwhile, or has another token already.
 */
export async function renewBrowserSession(
  db: Queries,
  { account, tokenHash }: BrowserSession,
  random: Random,
): Promise<string | undefined> {
  const renewed = newBrowserToken(account, random)
  const { numUpdatedRows } = await db
    .updateTable('browserSession')
    .set({ tokenHash: renewed.tokenHash })
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n ? renewed.token : undefined
}

/**
 * Binds a session to the password that its user has now.
 * INVARIANT: only the change of a password does it, in the same transaction, to the session in which the former one was typed; or a
 * stolen session would outlive the password.
 */
export async function followPassword(
  db: Queries,
  { account, tokenHash }: Pick<BrowserSession, 'account' | 'tokenHash'>,
): Promise<void> {
  const row = await findRow(db, { account, tokenHash })
  if (row === undefined || row.passwordMark === null) return
  await db
    .updateTable('browserSession')
    .set({ passwordMark: currentMark(row) ?? row.passwordMark })
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .execute()
}

/** Puts a role on, or off where there is none. Returns the session as it is then. */
export async function setSwitchedRole(
  db: Queries,
  session: BrowserSession,
  switchedRole: SwitchedRole | undefined,
): Promise<BrowserSession> {
  const { account, tokenHash, sessionId } = session
  await db
    .updateTable('browserSession')
    .set({ switchedRole: switchedRole === undefined ? null : JSON.stringify(switchedRole) })
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .execute()
  return { ...session, switchedRole, name: sessionName(sessionId, switchedRole) }
}
