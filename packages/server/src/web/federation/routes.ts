// The federation endpoint: whoever has temporary credentials opens the console with them
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html).
//
// `Action=getSigninToken` is a program's: it exchanges credentials of AssumeRole or GetFederationToken for a token. `Action=login` is
// a link that a browser follows: it opens a session, once, and leads to `Destination`.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openBrowserSession } from '../../authentication/browser-sessions.ts'
import type { Session } from '../../authentication/session-tokens.ts'
import type { ConsoleRoutes } from '../console/routes.ts'
import { writeCookie } from '../cookies.ts'
import { FIRST_PAGE, returnPath } from '../return-path.ts'
import { federatedRow } from '../sign-in/sign-in-audit.ts'
import type { Visit, WebParts } from '../visit.ts'
import type { Queries } from '../../store/store.ts'
import { openPresented } from './presented-credentials.ts'
import type { SigninGrant } from './signin-tokens.ts'
import { newSigninToken, takeSigninToken } from './signin-tokens.ts'

type Parameters = Readonly<Record<string, string | undefined>>

const [SHORTEST_SESSION, LONGEST_SESSION] = [900, 43_200]
const CHAINED_MOST_SECONDS = 3600

export function federationRoutes(app: FastifyInstance, { parts, visitOf, inputOf }: ConsoleRoutes) {
  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const parameters = textsOf({ ...(request.query as object), ...inputOf(request) })
    const { Action } = parameters
    if (Action === 'getSigninToken') {
      return getSigninToken(parts, visitOf(request), parameters, reply)
    }
    if (Action === 'login') return login(parts, visitOf(request), parameters, reply)
    return refuse(reply, 'Action must be getSigninToken or login.')
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

/** The link is good once, in one browser. A session that was open in it ends. */
async function login(
  parts: WebParts,
  visit: Visit,
  { SigninToken = '', Destination }: Parameters,
  reply: FastifyReply,
) {
  const { store, house, trail, origin } = parts
  const destination = returnPath(pathOf(Destination, origin.origin), origin.origin)
  const opened = await store.transaction(async tx => {
    const grant = await takeSigninToken(tx, SigninToken, visit.now)
    if (grant === undefined || !(await isAlive(parts, visit, grant.session))) return undefined
    const session = await lasting(tx, grant, visit.now)
    await trail.writeRow(tx, federatedRow(parts, visit, session, 'ConsoleLogin', destination))
    const { connection, userAgent } = visit
    const { sourceIp } = connection
    return openBrowserSession(
      tx,
      { session, passwordMark: null, sourceIp, userAgent },
      house.random,
      visit.now,
    )
  })
  if (opened === undefined) return refuse(reply, 'The sign-in token is not valid, or was used.')
  writeCookie(reply, 'session', opened.token, origin)
  return reply.redirect(destination, 302)
}

/** The user or role behind the credentials is there still. */
async function isAlive({ principals }: WebParts, { now }: Visit, session: Session) {
  const { account, principalId } = session
  return (
    (await principals.refresh(account, now)) &&
    (await principals.find(account, principalId)) !== undefined
  )
}

/** A console session may last longer than the credentials, where that was asked for: as long as the role's sessions may. */
async function lasting(db: Queries, grant: SigninGrant, now: Date): Promise<Session> {
  const { session, sessionSeconds } = grant
  if (sessionSeconds === undefined) return session
  const role = await db
    .selectFrom('role')
    .select('maxSessionDuration')
    .where('accountId', '=', session.account)
    .where('roleId', '=', session.principalId)
    .executeTakeFirst()
  const seconds = Math.min(sessionSeconds, role?.maxSessionDuration ?? 0)
  return { ...session, expiresAt: Math.floor(now.getTime() / 1000) + seconds }
}

function secondsOf(text: string | undefined): number | undefined {
  const seconds = /^\d{3,5}$/.test(text ?? '') ? Number(text) : Number.NaN
  return seconds >= SHORTEST_SESSION && seconds <= LONGEST_SESSION ? seconds : undefined
}

const isChained = ({ role }: Session) => role?.chained === true

/** AWS's links name the console by its whole address: ours is as good as its path. */
const pathOf = (destination: string | undefined, origin: string) =>
  destination?.startsWith(`${origin}/`) === true ? destination.slice(origin.length) : destination

const refuse = (reply: FastifyReply, message: string) =>
  reply.status(400).type('text/plain; charset=utf-8').send(`${message}\n`)
