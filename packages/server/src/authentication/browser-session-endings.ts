// How browsers' sessions end before their time.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Queries } from '../store/store.ts'
import { sessionOf } from './browser-session-rows.ts'
import type { BrowserSession } from './browser-sessions.ts'

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

/** Whose sessions are meant. */
export type SessionHolder = { readonly account: AccountId; readonly holder: string }

/** Ends one of the holder's sessions. Returns how many there were with that id. */
export async function endSessionOf(
  db: Queries,
  of: SessionHolder,
  sessionId: string,
): Promise<number> {
  const { numDeletedRows } = await deleteSessionsOf(db, of)
    .where('sessionId', '=', sessionId)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Ends all of the holder's sessions. Returns how many there were. */
export async function endAllSessionsOf(db: Queries, of: SessionHolder): Promise<number> {
  const { numDeletedRows } = await deleteSessionsOf(db, of).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

const deleteSessionsOf = (db: Queries, { account, holder }: SessionHolder) =>
  db.deleteFrom('browserSession').where('accountId', '=', account).where('holder', '=', holder)

/** Ends a holder's sessions that this device proved. The caller's own stays, or nobody could replace the device that they came with. */
export async function endSessionsProvedBy(
  db: Queries,
  device: SessionHolder & { readonly serialNumber: string },
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

/** Ends a holder's oldest sessions, where there are more than so many. */
export async function endBeyond(db: Queries, account: AccountId, holder: string, most: number) {
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
