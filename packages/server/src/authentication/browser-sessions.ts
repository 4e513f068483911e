// Sessions of browsers in the console. A session is a row: signing out deletes it, and it is dead at once on every node. It is
// dead, too, when its time is over, when nobody used it for a while, and when the password that opened it is no longer its
// user's.
import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Random } from '../identifiers/random.ts'
import { compiled } from '../store/compiled.ts'
import type { Queries, Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { sessionName } from './browser-session-name.ts'
import { newBrowserToken, readBrowserToken } from './browser-token.ts'
import { passwordMark } from './password-mark.ts'
import type { Session } from './session-tokens.ts'

export type BrowserSession = {
  readonly account: AccountId
  readonly tokenHash: string
  readonly sessionId: string
  /** Under which its pages ask. */
  readonly name: string
  readonly principalId: string
  /** Whose it is. */
  readonly holder: string
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
  /** The live sessions of a holder, the newest first. */
  readonly list: (
    account: AccountId,
    holder: string,
    now: Date,
  ) => Promise<readonly BrowserSession[]>
  /** Notes that the session is in use, once a minute. */
  readonly touch: (session: BrowserSession, now: Date) => Promise<void>
}

const TOUCH_EVERY_MS = 60_000

/** More of one holder's, and the oldest end: nobody reads a list of a hundred. */
const MOST_SESSIONS = 50

const LONGEST_USER_AGENT = 512

/** @param idleMinutes after which an unused session is dead */
export function browserSessions(store: Store, idleMinutes: number): BrowserSessions {
  const idleMs = idleMinutes * 60_000

  const isLive = (row: Row, at: number) =>
    at < row.expireDate &&
    at - row.lastSeenDate < idleMs &&
    (row.passwordMark === null || row.passwordMark === currentMark(row))

  return {
    async find(token, now) {
      const presented = readBrowserToken(token)
      if (presented === undefined) return undefined
      const row = await findRow(store.db, presented)
      if (row === undefined || !isLive(row, now.getTime())) return undefined
      return sessionOf(presented.account, row)
    },

    async list(account, holder, now) {
      const rows = await selectRows(store.db, account)
        .where('browserSession.holder', '=', holder)
        .orderBy('browserSession.createDate', 'desc')
        .execute()
      return rows.filter(row => isLive(row, now.getTime())).map(row => sessionOf(account, row))
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

/**
 * Whose a session is: a user's or root's by their ids, and beside the id the name of who came by a role or a federation. That one is
 * somebody else than the user whose key made the session, and than the others of the role.
 */
export function holderOfSession({ principalId, role, federatedUser }: Session): string {
  const name = role?.sessionName ?? federatedUser?.name
  return name === undefined ? principalId : `${principalId}:${name}`
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

/** Ends sessions of a holder: one by its id, or all. Returns how many there were. */
export async function endBrowserSessions(
  db: Queries,
  account: AccountId,
  holder: string,
  sessionId?: string,
): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('browserSession')
    .where('accountId', '=', account)
    .where('holder', '=', holder)
    .$if(sessionId !== undefined, query => query.where('sessionId', '=', sessionId ?? ''))
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Ends a holder's sessions that this device proved. The caller's own stays, or nobody could replace the device that they came with. */
export async function endSessionsProvedBy(
  db: Queries,
  device: {
    readonly account: AccountId
    readonly holder: string
    readonly serialNumber: string
  },
  current: Pick<BrowserSession, 'sessionId'> | undefined,
): Promise<void> {
  const { account, holder, serialNumber } = device
  const rows = await db
    .selectFrom('browserSession')
    .selectAll()
    .where('accountId', '=', account)
    .where('holder', '=', holder)
    .execute()
  for (const { session, sessionId, tokenHash } of rows.map(row => sessionOf(account, row))) {
    if (session.mfa?.serialNumber !== serialNumber || sessionId === current?.sessionId) continue
    await endBrowserSession(db, { account, tokenHash })
  }
}

async function endBeyond(db: Queries, account: AccountId, holder: string, most: number) {
  await db
    .deleteFrom('browserSession')
    .where('accountId', '=', account)
    .where('holder', '=', holder)
    .where('tokenHash', 'not in', eb =>
      eb
        .selectFrom('browserSession')
        .select('tokenHash')
        .where('accountId', '=', account)
        .where('holder', '=', holder)
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

type TokenOf = Pick<BrowserSession, 'account' | 'tokenHash'>

const rowsOfToken = compiled(
  (db, { account, tokenHash }: TokenOf) =>
    selectRows(db, account).where('browserSession.tokenHash', '=', tokenHash),
  ({ account, tokenHash }) => [account, tokenHash],
)

/** Each of the console's requests asks twice. */
async function findRow(db: Queries, token: TokenOf): Promise<Row | undefined> {
  const [row] = await rowsOfToken(db, token)
  return row
}

/** Rows of the account, each with the password that its principal has now. */
function selectRows(db: Queries, account: AccountId) {
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

function currentMark({ accountId, principalId, userPasswordHash, rootPasswordHash }: Row) {
  const current = principalId === accountId ? rootPasswordHash : userPasswordHash
  return current === null ? undefined : passwordMark(current)
}

/** What we wrote is what we read. */
function sessionOf(account: AccountId, row: Selectable<Tables['browserSession']>): BrowserSession {
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
