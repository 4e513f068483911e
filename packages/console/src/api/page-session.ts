// The session that this page was loaded for. Every request names it, and in any other the service does nothing: in another tab somebody
// may have signed in, or switched a role, and all tabs have one cookie.
import type { ConsoleSession, SessionHeader } from '@twinlock/server/console-api'
import { ApiError } from './api-error.ts'
import type { Answer, Request } from './send.ts'
import { send } from './send.ts'
import { loadAnew, signInAgain } from './session-over.ts'

const SESSION_HEADER: SessionHeader = 'x-twinlock-session'
const GET_SESSION = { path: 'signin/GetSession' }

let own: ConsoleSession | undefined
let learning: Promise<ConsoleSession> | undefined

/** Who is signed in. The first answer makes the page theirs; it is asked for once, whoever asks. */
export async function getSession(): Promise<ConsoleSession> {
  return own === undefined ? learn() : (await post<ConsoleSession>(GET_SESSION, own)).output
}

/** Asks for something in this page's session. @throws ApiError what the service refused */
export async function ask<Output>(request: Request): Promise<Answer<Output>> {
  return post(request, own ?? (await learn()))
}

/** Ends the session; also where this page could not learn whose it is. @throws ApiError it goes on */
export async function endSession(): Promise<void> {
  await post({ path: 'sign-out' }, own)
}

/** A role was put on or off in this page: it goes on as the session that the service answered with. */
export function goOnAs(session: ConsoleSession): void {
  own = session
}

function learn(): Promise<ConsoleSession> {
  learning ??= post<ConsoleSession>(GET_SESSION, undefined)
    .then(({ output }) => (own = output))
    .finally(() => (learning = undefined))
  return learning
}

async function post<Output>(
  request: Request,
  session: ConsoleSession | undefined,
): Promise<Answer<Output>> {
  try {
    return await send(request, session ? { [SESSION_HEADER]: session.SessionName } : {})
  } catch (error) {
    const code = error instanceof ApiError ? error.code : undefined
    if (code === 'SessionExpired') signInAgain()
    // What was asked before a role was switched in this very page is answered late, and to nobody.
    if (code === 'SessionChanged' && session !== undefined && session === own) loadAnew(own)
    throw error
  }
}
