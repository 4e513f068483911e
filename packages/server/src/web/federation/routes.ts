// The federation endpoint: whoever has temporary credentials opens the console with them
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html).
//
// `Action=getSigninToken` is a program's: it exchanges credentials of AssumeRole or GetFederationToken for a token. `Action=login` is
// a link that a browser follows: it opens a session, once, and leads to `Destination`; over `/signin`, where it must be asked for.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../../authentication/session-tokens.ts'
import type { ConsoleRoutes } from '../console/routes.ts'
import { readCookie, writeCookie } from '../cookies.ts'
import { FIRST_PAGE, returnPath } from '../return-path.ts'
import { federatedRow } from '../sign-in/sign-in-audit.ts'
import type { Visit, WebParts } from '../visit.ts'
import { WebError } from '../web-error.ts'
import { findGrant, isAlive, isSameHolder, openFederated } from './federated-session.ts'
import { openPresented } from './presented-credentials.ts'
import { newSigninToken } from './signin-tokens.ts'

type Parameters = Readonly<Record<string, string | undefined>>

const [SHORTEST_SESSION, LONGEST_SESSION] = [900, 43_200]
const CHAINED_MOST_SECONDS = 3600

export function federationRoutes(app: FastifyInstance, { parts, visitOf, inputOf }: ConsoleRoutes) {
  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.method === 'HEAD') throw onlyGet()
    const parameters = textsOf({ ...(request.query as object), ...inputOf(request) })
    const { Action } = parameters
    if (Action === 'getSigninToken') {
      return getSigninToken(parts, visitOf(request), parameters, reply)
    }
    if (Action === 'login') return login(request, reply, parameters)
    return refuse(reply, 'Action must be getSigninToken or login.')
  }

  /** The link is good once, in one browser. Where somebody else is signed in, it asks. */
  async function login(
    request: FastifyRequest,
    reply: FastifyReply,
    { SigninToken = '', Destination }: Parameters,
  ) {
    if (request.method !== 'GET') throw onlyGet()
    // What a page embeds opens no session behind its reader's back.
    if ((request.headers['sec-fetch-dest'] ?? 'document') !== 'document') {
      return refuse(reply, 'A sign-in link is a page of its own.')
    }
    const { origin } = parts
    const visit = visitOf(request)
    const destination = returnPath(pathOf(Destination, origin.origin), origin.origin)
    const former = await parts.sessions.find(
      readCookie(request, 'session', origin) ?? '',
      visit.now,
    )
    const grant = await findGrant(parts, visit, SigninToken)
    if (grant !== undefined && former !== undefined && !isSameHolder(grant, former)) {
      writeCookie(reply, 'federation', SigninToken, origin)
      return reply.redirect(`/signin?returnTo=${encodeURIComponent(destination)}`, 302)
    }
    const token = await openFederated(parts, visit, SigninToken, { destination, former })
    if (token === undefined) return refuse(reply, 'The sign-in token is not valid, or was used.')
    writeCookie(reply, 'session', token, origin)
    return reply.redirect(destination, 302)
  }
  app.get('/federation', serve)
  app.post('/federation', serve)
}

/** Of a parameter that comes twice, none counts. */
const textsOf = (parameters: object): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string'
    }),
  )

async function getSigninToken(
  parts: WebParts,
  visit: Visit,
  { Session: presented = '', SessionDuration }: Parameters,
  reply: FastifyReply,
) {
  const { store, house, trail, principals } = parts
  const session = openPresented(presented, house.sessionTokens, visit.now)
  if (session === undefined || !(await isAlive(parts, visit, session))) {
    return refuse(reply, 'The credentials in Session are not valid.')
  }
  const sessionSeconds = secondsOf(SessionDuration)
  if (SessionDuration !== undefined && sessionSeconds === undefined) {
    return refuse(reply, 'SessionDuration must be a number of seconds from 900 to 43200.')
  }
  if (sessionSeconds !== undefined && session.issuedBy === 'GetFederationToken') {
    return refuse(reply, 'SessionDuration is not possible with credentials of GetFederationToken.')
  }
  if ((sessionSeconds ?? 0) > CHAINED_MOST_SECONDS && isChained(session)) {
    return refuse(reply, 'A session of a role that a role assumed lasts an hour at most.')
  }
  await principals.refresh(session.account, visit.now)
  const token = await store.transaction(async tx => {
    await trail.writeRow(tx, federatedRow(parts, visit, session, 'GetSigninToken', FIRST_PAGE))
    return newSigninToken(tx, { session, sessionSeconds }, house.random, visit.now)
  })
  return { SigninToken: token }
}

function secondsOf(text: string | undefined): number | undefined {
  const seconds = /^\d{3,5}$/.test(text ?? '') ? Number(text) : Number.NaN
  return seconds >= SHORTEST_SESSION && seconds <= LONGEST_SESSION ? seconds : undefined
}

const isChained = ({ role }: Session) => role?.chained === true

/** AWS's links name the console by its whole address: ours is as good as its path. */
const pathOf = (destination: string | undefined, origin: string) =>
  destination?.startsWith(`${origin}/`) === true ? destination.slice(origin.length) : destination

const onlyGet = () => new WebError('MethodNotAllowed', 'A sign-in link is opened by GET.')

const refuse = (reply: FastifyReply, message: string) =>
  reply.status(400).type('text/plain; charset=utf-8').send(`${message}\n`)
