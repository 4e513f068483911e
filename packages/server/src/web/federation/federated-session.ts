// The session of a browser that came with a sign-in token.
import { openBrowserSession } from '../../authentication/browser-session-changes.ts'
import { endBrowserSession } from '../../authentication/browser-session-endings.ts'
import type { BrowserSession } from '../../authentication/browser-sessions.ts'
import { holderOfSession } from '../../authentication/browser-sessions.ts'
import type { Session } from '../../authentication/session-tokens.ts'
import type { Queries } from '../../store/store.ts'
import { federatedRow } from '../sign-in/sign-in-audit.ts'
import type { Visit, WebParts } from '../visit.ts'
import type { SigninGrant } from './signin-tokens.ts'
import { findSigninToken, takeSigninToken } from './signin-tokens.ts'

/** What a token would open now. */
export async function findGrant(
  parts: WebParts,
  visit: Visit,
  token: string,
): Promise<SigninGrant | undefined> {
  const grant = await findSigninToken(parts.store.db, token, visit.now)
  return grant !== undefined && (await isAlive(parts, visit, grant.session)) ? grant : undefined
}

/** The session goes on as whoever it belongs to already. */
export const isSameHolder = ({ session }: SigninGrant, { account, holder }: BrowserSession) =>
  session.account === account && holderOfSession(session) === holder

/** Where the browser goes, and the session that it leaves. */
type Switch = { readonly destination: string; readonly former: BrowserSession | undefined }

/** Spends the token and opens its session; returns the token for the browser's cookie, or undefined. */
export async function openFederated(
  parts: WebParts,
  visit: Visit,
  signinToken: string,
  { destination, former }: Switch,
): Promise<string | undefined> {
  const { store, house, trail } = parts
  const { now, connection, userAgent } = visit
  return store.transaction(async tx => {
    const grant = await takeSigninToken(tx, signinToken, now)
    if (grant === undefined || !(await isAlive(parts, visit, grant.session))) return undefined
    const session = await lasting(tx, grant, parts.sessionHours, now)
    if (former !== undefined) await endBrowserSession(tx, former)
    await trail.writeRow(tx, federatedRow(parts, visit, session, 'ConsoleLogin', destination))
    const { sourceIp } = connection
    const opened = { session, passwordMark: null, sourceIp, userAgent }
    return (await openBrowserSession(tx, opened, house.random, now)).token
  })
}

/** The user or role behind the credentials is there still. */
export async function isAlive(
  { principals }: WebParts,
  { now }: Visit,
  { account, principalId }: Session,
): Promise<boolean> {
  return (
    (await principals.refresh(account, now)) &&
    (await principals.find(account, principalId)) !== undefined
  )
}

/**
 * A console session may last longer than the credentials, where that was asked for: as long as the role's sessions may. None lasts
 * longer than a sign-in to this console.
 */
async function lasting(
  db: Queries,
  { session, sessionSeconds }: SigninGrant,
  sessionHours: number,
  now: Date,
): Promise<Session> {
  const at = Math.floor(now.getTime() / 1000)
  const asked =
    sessionSeconds === undefined
      ? session.expiresAt
      : at + Math.min(sessionSeconds, await longestOfRole(db, session))
  return { ...session, expiresAt: Math.min(asked, at + sessionHours * 3600) }
}

async function longestOfRole(db: Queries, { account, principalId }: Session): Promise<number> {
  const role = await db
    .selectFrom('role')
    .select('maxSessionDuration')
    .where('accountId', '=', account)
    .where('roleId', '=', principalId)
    .executeTakeFirst()
  return role?.maxSessionDuration ?? 0
}
