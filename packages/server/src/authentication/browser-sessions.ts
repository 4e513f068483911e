// Sessions of browsers in the console. A session is a row: signing out deletes it, and it is dead at once on every node. It is
// dead, too, when its time is over, when nobody used it for a while, and when the password that opened it is no longer its
// user's.
import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Random } from '../identifiers/random.ts'
import type { Queries, Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { newBrowserToken, readBrowserToken } from './browser-token.ts'
import { passwordMark } from './password-mark.ts'
import type { Session } from './session-tokens.ts'

export type BrowserSession = {
  readonly account: AccountId
  readonly tokenHash: string
  readonly sessionId: string
  readonly principalId: string
  /** Of who signed in. */
  readonly session: Session
  readonly switchedRole: SwitchedRole | undefined
  readonly passwordMark: string | null
  readonly createDate: number
  readonly expireDate: number
  readonly lastSeenDate: number
  readonly sourceIp: string
  readonly userAgent: string
}

/** The role that somebody switched to (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html). */
export type SwitchedRole = {
  readonly session: Session
  readonly displayName: string
  readonly color: string | undefined
}

/** What a new session is made of. */
export type NewBrowserSession = {
  readonly session: Session
  readonly passwordMark: string | null
  readonly sourceIp: string
  readonly userAgent: string
}

export type BrowserSessions = {
  /** The live session of a cookie's token. */
  readonly find: (token: string, now: Date) => Promise<BrowserSession | undefined>
  /** Notes that the session is in use, once a minute. */
  readonly touch: (session: BrowserSession, now: Date) => Promise<void>
}

const TOUCH_EVERY_MS = 60_000

/** More of one user's, and the oldest end: nobody reads a list of a hundred. */
const MOST_SESSIONS = 50

const LONGEST_USER_AGENT = 512

/** @param idleMinutes after which an unused session is dead */
export function browserSessions(store: Store, idleMinutes: number): BrowserSessions {
  const idleMs = idleMinutes * 60_000

  return {
    async find(token, now) {
      const presented = readBrowserToken(token)
      if (presented === undefined) return undefined
      const row = await findRow(store.db, presented)
      if (row === undefined) return undefined
      const at = now.getTime()
      if (at >= row.expireDate || at - row.lastSeenDate >= idleMs) return undefined
      if (row.passwordMark !== null && row.passwordMark !== currentMark(row)) return undefined
      return sessionOf(presented.account, row)
    },

    async touch({ account, tokenHash, lastSeenDate }, now) {
      const at = now.getTime()
      if (at - lastSeenDate < TOUCH_EVERY_MS) return
      await store.unhurried(tx =>
        tx
          .updateTable('browserSession')
          .set({ lastSeenDate: at })
          .where('accountId', '=', account)
          .where('tokenHash', '=', tokenHash)
          .where('lastSeenDate', '<', at)
          .execute(),
      )
    },
  }
}

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
  await db
    .insertInto('browserSession')
    .values({
      accountId: account,
      tokenHash,
      sessionId,
      principalId,
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
  await endBeyond(db, account, principalId, MOST_SESSIONS)
  return { token, sessionId }
}

/**
 * Gives a session a new token, and the mark of the password that holds now: the old token, wherever it went, is worth nothing.
 * For whoever has just proved the session by its token.
 */
export async function renewBrowserSession(
  db: Queries,
  { account, tokenHash, ...session }: BrowserSession,
  random: Random,
): Promise<string> {
  const renewed = newBrowserToken(account, random)
  const row = await findRow(db, { account, tokenHash })
  await db
    .updateTable('browserSession')
    .set({
      tokenHash: renewed.tokenHash,
      ...(session.passwordMark !== null &&
        row !== undefined && { passwordMark: currentMark(row) ?? session.passwordMark }),
    })
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .execute()
  return renewed.token
}

/** Puts a role on, or off where there is none. */
export async function setSwitchedRole(
  db: Queries,
  { account, tokenHash }: Pick<BrowserSession, 'account' | 'tokenHash'>,
  switchedRole: SwitchedRole | undefined,
): Promise<void> {
  await db
    .updateTable('browserSession')
    .set({ switchedRole: switchedRole === undefined ? null : JSON.stringify(switchedRole) })
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .execute()
}

/** Signs out. */
export async function endBrowserSession(
  db: Queries,
  { account, tokenHash }: Pick<BrowserSession, 'account' | 'tokenHash'>,
): Promise<void> {
  await db
    .deleteFrom('browserSession')
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .execute()
}

/** Ends sessions of a principal: one by its id, or all. Returns how many there were. */
export async function endBrowserSessions(
  db: Queries,
  account: AccountId,
  principalId: string,
  sessionId?: string,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('browserSession')
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .$if(sessionId !== undefined, query => query.where('sessionId', '=', sessionId ?? ''))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

async function endBeyond(db: Queries, account: AccountId, principalId: string, most: number) {
  await db
    .deleteFrom('browserSession')
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .where('tokenHash', 'not in', eb =>
      eb
        .selectFrom('browserSession')
        .select('tokenHash')
        .where('accountId', '=', account)
        .where('principalId', '=', principalId)
        .orderBy('createDate', 'desc')
        .orderBy('tokenHash')
        .limit(most),
    )
    .execute()
}

type Row = Selectable<Tables['browserSession']> & {
  readonly userPasswordHash: string | null
  readonly rootPasswordHash: string | null
}

/** The row, with the password that its principal has now. */
function findRow(
  db: Queries,
  { account, tokenHash }: { readonly account: AccountId; readonly tokenHash: string },
): Promise<Row | undefined> {
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
    .where('browserSession.tokenHash', '=', tokenHash)
    .executeTakeFirst()
}

function currentMark({ accountId, principalId, userPasswordHash, rootPasswordHash }: Row) {
  const current = principalId === accountId ? rootPasswordHash : userPasswordHash
  return current === null ? undefined : passwordMark(current)
}

/** What we wrote is what we read. */
function sessionOf(account: AccountId, row: Selectable<Tables['browserSession']>): BrowserSession {
  const { tokenHash, sessionId, principalId, createDate, expireDate, lastSeenDate } = row
  return {
    account,
    tokenHash,
    sessionId,
    principalId,
    session: JSON.parse(row.session) as Session,
    switchedRole:
      row.switchedRole === null ? undefined : (JSON.parse(row.switchedRole) as SwitchedRole),
    passwordMark: row.passwordMark,
    createDate,
    expireDate,
    lastSeenDate,
    sourceIp: row.sourceIp,
    userAgent: row.userAgent,
  }
}

/** The live sessions of a principal, the newest first. */
export async function listBrowserSessions(
  db: Queries,
  account: AccountId,
  principalId: string,
  now: Date,
): Promise<readonly BrowserSession[]> {
  const rows = await db
    .selectFrom('browserSession')
    .selectAll()
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .where('expireDate', '>', now.getTime())
    .orderBy('createDate', 'desc')
    .execute()
  return rows.map(row => sessionOf(account, row))
}
