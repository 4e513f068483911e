// Who is asking, when a browser asks: whoever signed in, or the role that they switched to.
import { AwsError } from '@twinlock/protocol'
import { callerOf } from '../../authentication/authenticate.ts'
import type { BrowserSession } from '../../authentication/browser-sessions.ts'
import type { Caller } from '../../authentication/caller.ts'
import type { Session } from '../../authentication/session-tokens.ts'
import type { WebParts } from '../visit.ts'
import { sessionExpired } from '../web-error.ts'

export type BrowserCaller = {
  readonly caller: Caller
  readonly signedInAs: Caller
  /** As it stands now: a role whose time is over is no longer worn. */
  readonly browserSession: BrowserSession
}

/**
 * @param mayLeaveRole for operations that concern the browser itself: they are the signer-in's when the role's time is over, or the role
 *   is gone
 * @throws WebError SessionExpired when whoever signed in is gone; AwsError ExpiredToken when the role's session is over, or the role gone
 */
export async function browserCaller(
  parts: WebParts,
  browserSession: BrowserSession,
  now: Date,
  mayLeaveRole: boolean,
): Promise<BrowserCaller> {
  const { switchedRole, session } = browserSession
  const signedInAs = await findCaller(parts, session, now)
  if (signedInAs === undefined) throw sessionExpired()
  if (switchedRole === undefined) return { caller: signedInAs, signedInAs, browserSession }
  if (now.getTime() < switchedRole.session.expiresAt * 1000) {
    const caller = await findCaller(parts, switchedRole.session, now)
    if (caller !== undefined) return { caller, signedInAs, browserSession }
  }
  // The person believes to act as the role: better refused than performed as themselves.
  if (!mayLeaveRole) {
    throw new AwsError('ExpiredToken', 'The security token included in the request is expired')
  }
  const left = { ...browserSession, switchedRole: undefined }
  return { caller: signedInAs, signedInAs, browserSession: left }
}

/** Who has this session; undefined when the principal is gone. */
export async function findCaller(
  { principals }: WebParts,
  session: Session,
  now: Date,
): Promise<Caller | undefined> {
  const { account, principalId, accessKeyId } = session
  await principals.refresh(account, now)
  const principal = await principals.find(account, principalId)
  return principal && callerOf(principal, account, accessKeyId, session)
}

/** Who is signed in by a cookie's token: somebody who is still there, by a session that lives. */
export async function findSignedIn(
  parts: WebParts,
  token: string,
  now: Date,
): Promise<Caller | undefined> {
  const browserSession = await parts.sessions.find(token, now)
  return browserSession && findCaller(parts, browserSession.session, now)
}
