// `/console/api/{service}/{operation}`: the operations that every client calls, and those of the console's own, with a browser's
// session as the caller.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AwsError, modelOf } from '@twinlock/protocol'
import type { Input, Model } from '@twinlock/protocol'
import type { BrowserSession } from '../../authentication/browser-sessions.ts'
import { renewBrowserSession } from '../../authentication/browser-session-changes.ts'
import { endBrowserSession } from '../../authentication/browser-session-endings.ts'
import { isStanding } from '../../authentication/browser-session-rows.ts'
import { demandReach } from '../../authentication/session-reach.ts'
import { performOperation } from '../../http/performance.ts'
import type { Progress } from '../../http/progress.ts'
import { asAwsError } from '../../http/spine.ts'
import type { Operation, Operations } from '../../services/operation.ts'
import { OPERATIONS } from '../../services/operations.ts'
import { signinModel } from '../../services/signin/model.ts'
import { signinOperations } from '../../services/signin/operations.ts'
import { readCookie, writeCookie } from '../cookies.ts'
import type { JsonObject } from '../json-body.ts'
import { signedOutRow } from '../sign-in/sign-in-audit.ts'
import type { Visit, WebParts } from '../visit.ts'
import { WebError, sessionExpired } from '../web-error.ts'
import { browserCaller } from './browser-caller.ts'
import { decodeJson, encodeJson } from './json-codec.ts'
import { demandPageOf } from './page-session.ts'

/** The session of each request whose body is being read. */
export type SignedIn = WeakMap<FastifyRequest, BrowserSession>

export type ConsoleRoutes = {
  readonly parts: WebParts
  readonly signedIn: SignedIn
  readonly visitOf: (request: FastifyRequest) => Visit
  readonly inputOf: (request: FastifyRequest) => JsonObject
}

type OperationPath = { readonly service: string; readonly operation: string }

/** The console's own operations that are the signer-in's still when the time of the role that is worn is over. */
const MAY_LEAVE_ROLE: ReadonlySet<string> = new Set([
  'GetSession',
  'ListSessions',
  'EndSessions',
  'SwitchRole',
  'ExitRole',
])

/** Operations that raise or change what the session may do: its cookie is a new one afterwards. */
const RENEWS: ReadonlySet<string> = new Set([
  'iam:ChangePassword',
  'signin:ChangeRootPassword',
  'signin:SwitchRole',
  'signin:ExitRole',
])

export function consoleRoutes(app: FastifyInstance, routes: ConsoleRoutes): void {
  const { parts, signedIn, visitOf, inputOf } = routes
  const { origin, sessions, store } = parts
  const services = servicesOf(parts)

  const findSession = async (request: FastifyRequest, mayBeUnnamed: boolean) => {
    const token = readCookie(request, 'session', origin) ?? ''
    const session = await sessions.find(token, visitOf(request).now)
    if (session !== undefined) demandPageOf(session, request.headers, mayBeUnnamed)
    return session
  }
  // Whoever does not know yet, or could not learn, who is signed in may ask that, and sign out.
  const theSession = async (request: FastifyRequest<{ Params: OperationPath }>) => {
    const { service, operation } = request.params
    const asksWhoItIs = service === 'signin' && operation === 'GetSession'
    const session = await findSession(request, asksWhoItIs)
    if (session === undefined) throw sessionExpired()
    return session
  }

  app.post<{ Params: OperationPath }>(
    '/console/api/:service/:operation',
    {
      // Before the body is read: strangers send no megabytes.
      async onRequest(request) {
        const session = await theSession(request)
        signedIn.set(request, session)
        await sessions.touch(session, visitOf(request).now)
      },
    },
    async (request, reply) => {
      const { service, operation } = request.params
      // Again: the body may have taken its time, and the session may have ended, or become another, meanwhile.
      const session = await theSession(request)
      const offered = services.get(service)
      if (offered === undefined) throw new WebError('NotFound', 'There is no such service.')
      const call = { offered, operation, session, input: inputOf(request) }
      const output = await perform(parts, visitOf(request), call)
      if (RENEWS.has(`${service}:${operation}`)) await renew(parts, session, reply)
      return output
    },
  )

  app.post('/console/api/sign-out', async (request, reply) => {
    const visit = visitOf(request)
    const session = await findSession(request, true)
    writeCookie(reply, 'session', undefined, origin)
    if (session === undefined) return {}
    await store.transaction(async tx => {
      await endBrowserSession(tx, session)
      await parts.trail.writeRow(tx, signedOutRow(visit, session))
    })
    return {}
  })
}

type Offered = {
  readonly name: 'iam' | 'sts' | 'signin'
  readonly model: () => Model
  readonly operations: Operations
}

function servicesOf({ origin, metadata, sessions }: WebParts): ReadonlyMap<string, Offered> {
  const services: readonly Offered[] = [
    { name: 'iam', model: () => modelOf('iam'), operations: OPERATIONS.iam },
    { name: 'sts', model: () => modelOf('sts'), operations: OPERATIONS.sts },
    {
      name: 'signin',
      model: signinModel,
      operations: signinOperations({ relyingParty: origin, metadata, sessions }),
    },
  ]
  return new Map(services.map(service => [service.name, service]))
}

type Call = {
  readonly offered: Offered
  readonly operation: string
  readonly session: BrowserSession
  readonly input: JsonObject
}

/** The same way as a signed request's, from the caller on. */
async function perform(parts: WebParts, visit: Visit, call: Call): Promise<JsonObject> {
  const { offered, operation: name } = call
  const progress: Progress = {
    requestId: visit.requestId,
    now: visit.now,
    userAgent: visit.userAgent,
    connection: visit.connection,
    service: offered.name,
    model: offered.model(),
    operationName: name,
  }
  try {
    const operation = offered.model().findOperation(name)
    const handler = Object.hasOwn(offered.operations, name) ? offered.operations[name] : undefined
    await identify(parts, progress, call)
    if (operation === undefined || handler === undefined) throw notOffered(name)
    const output = await performOperation(parts, progress, {
      operation,
      // The model that decodes the input by this name vouches for the pair.
      handler: handler as Operation<Input, object | void>,
      decode: () => decodeJson(operation, call.input),
      referer: visit.referer,
      async demandStanding(tx) {
        if (!(await isStanding(tx, call.session))) throw sessionExpired()
      },
    })
    return encodeJson(operation, output ?? {})
  } catch (thrown) {
    if (thrown instanceof WebError) throw thrown
    await parts.trail.note(progress, { error: asAwsError(thrown) })
    throw thrown
  }
}

async function identify(parts: WebParts, progress: Progress, call: Call): Promise<void> {
  const { name } = call.offered
  const mayLeaveRole = name === 'signin' && mayLeave(call)
  const found = await browserCaller(parts, call.session, progress.now, mayLeaveRole)
  const { caller, signedInAs, browserSession } = found
  const region = 'us-east-1'
  progress.authenticated = { caller, region }
  progress.browser = { session: browserSession, signedInAs }
  parts.lastUse.note(caller, name, region, progress.now)
  // What a federated user's keys cannot call, its console session can
  // (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html).
  if (name === 'sts') demandReach(caller, name, call.operation)
}

/** What is somebody else's is for the role's permissions, whose time is over. */
const mayLeave = ({ operation, input }: Call) =>
  MAY_LEAVE_ROLE.has(operation) && !('UserName' in input)

const notOffered = (name: string) =>
  new AwsError('InvalidAction', `Could not find operation ${name}: Twinlock does not offer it.`)

/** A new token; none for a session that ended meanwhile. */
async function renew(parts: WebParts, session: BrowserSession, reply: FastifyReply): Promise<void> {
  const { store, house, origin } = parts
  const token = await store.transaction(tx => renewBrowserSession(tx, session, house.random))
  if (token !== undefined) writeCookie(reply, 'session', token, origin)
}
