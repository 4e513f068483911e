// A sign-in link in a browser where somebody else is signed in: whoever sits there says who goes on. A link alone must not do it, or
// a page elsewhere could make somebody work in a session of its choice.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { callerArn } from '../../authentication/caller.ts'
import type { SignInState } from '../api.ts'
import { callerOfSession } from '../console/browser-caller.ts'
import type { ConsoleRoutes } from '../console/routes.ts'
import { readCookie, writeCookie } from '../cookies.ts'
import { optionalText } from '../json-body.ts'
import { FIRST_PAGE, returnPath } from '../return-path.ts'
import type { Visit, WebParts } from '../visit.ts'
import { signInExpired } from '../web-error.ts'
import { findGrant, openFederated } from './federated-session.ts'

export function confirmationRoutes(app: FastifyInstance, routes: ConsoleRoutes): void {
  const { parts, visitOf, inputOf } = routes
  const { origin, sessions } = parts

  app.post('/signin/api/federation/continue', async (request, reply): Promise<SignInState> => {
    const visit = visitOf(request)
    const signinToken = readCookie(request, 'federation', origin) ?? ''
    writeCookie(reply, 'federation', undefined, origin)
    const destination = returnPath(optionalText(inputOf(request), 'returnTo'), origin.origin)
    const former = await sessions.find(readCookie(request, 'session', origin) ?? '', visit.now)
    const token = await openFederated(parts, visit, signinToken, { destination, former })
    if (token === undefined) throw signInExpired()
    writeCookie(reply, 'session', token, origin)
    return { state: 'signed-in', returnTo: destination }
  })

  app.post('/signin/api/federation/stay', async (request, reply): Promise<SignInState> => {
    writeCookie(reply, 'federation', undefined, origin)
    const token = readCookie(request, 'session', origin) ?? ''
    const session = await sessions.find(token, visitOf(request).now)
    return session === undefined
      ? { state: 'password' }
      : { state: 'signed-in', returnTo: FIRST_PAGE }
  })
}

/** The question, while it waits for an answer. */
export async function findConfirmation(
  parts: WebParts,
  visit: Visit,
  request: FastifyRequest,
): Promise<SignInState | undefined> {
  const { origin, sessions } = parts
  const signinToken = readCookie(request, 'federation', origin)
  if (signinToken === undefined) return undefined
  const grant = await findGrant(parts, visit, signinToken)
  if (grant === undefined) return undefined
  const session = await sessions.find(readCookie(request, 'session', origin) ?? '', visit.now)
  const arnOf = async (of: Parameters<typeof callerOfSession>[1]) =>
    callerArn(await callerOfSession(parts, of))
  return {
    state: 'federation',
    ...(session && { signedInAs: await arnOf(session.session) }),
    continueAs: await arnOf(grant.session),
  }
}
