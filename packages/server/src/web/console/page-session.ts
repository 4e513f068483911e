// The session that a page of the console was loaded for. All tabs of a browser have one cookie: without that, what is pressed in a page of
// one person's would be done as whoever signed in last, in another tab, or in a role that was put on there.
import type { IncomingHttpHeaders } from 'node:http'
import type { BrowserSession } from '../../authentication/browser-sessions.ts'
import type { SessionHeader } from '../api.ts'
import { sessionChanged } from '../web-error.ts'

const SESSION_HEADER: SessionHeader = 'x-twinlock-session'

/**
 * @param session the cookie's
 * @param mayBeUnnamed for what a page asks that does not know who is signed in
 * @throws WebError SessionChanged for a page of another session's
 */
export function demandPageOf(
  session: BrowserSession,
  headers: IncomingHttpHeaders,
  mayBeUnnamed: boolean,
): void {
  const named = headers[SESSION_HEADER] ?? ''
  if (named === '' && mayBeUnnamed) return
  if (named !== session.name) throw sessionChanged()
}
