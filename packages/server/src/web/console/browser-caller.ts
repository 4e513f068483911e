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
 * @param mayLeaveRole for operations that concern the browser itself: they are the signer-in's when the role's time is over
 * @throws WebError SessionExpired when the principal is gone; AwsError ExpiredToken when the role's session is over
 */
export async function browserCaller(
  parts: WebParts,
  browserSession: BrowserSession,
  now: Date,
  mayLeaveRole: boolean,
): Promise<BrowserCaller> {
  const { account, switchedRole, session } = browserSession
  await parts.principals.refresh(account, now)
  const signedInAs = await callerOfSession(parts, session)
  if (switchedRole === undefined) return { caller: signedInAs, signedInAs, browserSession }
  if (now.getTime() < switchedRole.session.expiresAt * 1000) {
    const caller = await callerOfSession(parts, switchedRole.session)
    return { caller, signedInAs, browserSession }
  }
  // Nobody goes on with other permissions than they believe to have.
  if (!mayLeaveRole) {
    throw new AwsError('ExpiredToken', 'The security token included in the request is expired')
  }
  const left = { ...browserSession, switchedRole: undefined }
  return { caller: signedInAs, signedInAs, browserSession: left }
}

/** @throws WebError SessionExpired when the principal is gone */
export async function callerOfSession({ principals }: WebParts, session: Session): Promise<Caller> {
  const { account, principalId, accessKeyId } = session
  const principal = await principals.find(account, principalId)
  if (principal === undefined) throw sessionExpired()
  return callerOf(principal, account, accessKeyId, session)
}
