// A sign-in link in a browser where somebody else is signed in: whoever sits there says who goes on. A link alone must not do it, or
// a page elsewhere could make somebody work in a session of its choice.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { callerArn } from '../../authentication/caller.ts'
import type { SignInState } from '../api.ts'
import { findCaller, findSignedIn } from '../console/browser-caller.ts'
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
    const signedIn = await findSignedIn(parts, token, visitOf(request).now)
    return signedIn === undefined
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
  const { origin } = parts
  const signinToken = readCookie(request, 'federation', origin)
  if (signinToken === undefined) return undefined
  const grant = await findGrant(parts, visit, signinToken)
  if (grant === undefined) return undefined
  const continueAs = await findCaller(parts, grant.session, visit.now)
  if (continueAs === undefined) return undefined
  const token = readCookie(request, 'session', origin) ?? ''
  const signedInAs = await findSignedIn(parts, token, visit.now)
  return {
    state: 'federation',
    ...(signedInAs && { signedInAs: callerArn(signedInAs) }),
    continueAs: callerArn(continueAs),
  }
}
