// The name of a browser's session, with the role that is worn in it. A page asks under the name of the session that it was loaded for:
// the browser's cookie may be another one's by then, because somebody signed in, or switched a role, in another tab. No secret: a name
// opens nothing.
import type { SwitchedRole } from './browser-sessions.ts'

/** A role is worn until it is left, also when its time is over; put on again, it is another session. */
export const sessionName = (sessionId: string, switchedRole: SwitchedRole | undefined): string =>
  switchedRole === undefined ? sessionId : `${sessionId}/${switchedRole.session.accessKeyId}`
