// The second door, for browsers: sign-in, the console and the federation endpoint, on Fastify behind the server's one listener.
// Loaded when a browser first comes; the first door waits for none of it.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import cookies from '@fastify/cookie'
import { AwsError } from '@twinlock/protocol'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Connection } from '../http/progress.ts'
import { asAwsError } from '../http/spine.ts'
import { tellsTooMuch } from '../http/told-headers.ts'
import { AccessDenied } from '../authorization/denial.ts'
import { readBodies } from './bodies.ts'
import type { SignedIn } from './console/routes.ts'
import { consoleRoutes } from './console/routes.ts'
import { confirmationRoutes } from './federation/confirmation-routes.ts'
import { federationRoutes } from './federation/routes.ts'
import type { JsonObject } from './json-body.ts'
import type { PublicOrigin } from './public-origin.ts'
import { pages } from './pages.ts'
import { demandOwnPage } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'
import { signInRoutes } from './sign-in/routes.ts'
import type { Connections, WebParts } from './visit.ts'
import { visitOf } from './visit.ts'
import { WebError, problemOf } from './web-error.ts'

export type WebDoor = {
  readonly serve: (
    message: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
  ) => void
  readonly close: () => Promise<void>
}

/** @param pageFolder of the built pages; undefined where they are not built */
export async function openWebDoor(
  parts: WebParts,
  pageFolder: string | undefined,
): Promise<WebDoor> {
  const connections: Connections = new WeakMap()
  const app = Fastify({
    logger: false,
    trustProxy: false,
    genReqId: () => randomUUID(),
    // An address that cannot be read comes to no hook and no handler.
    frameworkErrors: (_, { id }, reply: FastifyReply) => {
      const problem = problemOf(unreadable(), id)
      void reply.headers(securityHeaders(parts.origin)).status(400).send(problem)
    },
  })
  app.removeAllContentTypeParsers()
  await app.register(cookies)
  secure(app, parts)
  const signedIn: SignedIn = new WeakMap()
  readBodies(app, signedIn, connections)

  const routes = {
    parts,
    signedIn,
    visitOf: (request: FastifyRequest) => visitOf(parts, request, connections),
    inputOf: ({ body }: FastifyRequest) => (body ?? {}) as JsonObject,
  }
  signInRoutes(app, routes)
  consoleRoutes(app, routes)
  federationRoutes(app, routes)
  confirmationRoutes(app, routes)
  await pages(app, parts, pageFolder)
  await app.ready()
  return {
    serve(message, response, connection) {
      connections.set(message, connection)
      app.routing(message, response)
    },
    close: () => app.close(),
  }
}

/** Headers on every answer, our own pages alone, and one shape for every refusal. */
function secure(app: FastifyInstance, { origin, report }: WebParts): void {
  const headers = securityHeaders(origin)

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    const { method, url } = request
    if (NUL_IN_PATH.test(url) || tellsTooMuch(request.headers)) throw unreadable()
    const elsewhere = addressedElsewhere(request.headers.host, origin)
    if (elsewhere && method === 'GET' && !isApi(url))
      return reply.redirect(origin.origin + url, 302)
    if (method === 'GET' || method === 'HEAD') return undefined
    if (method !== 'POST') throw new WebError('MethodNotAllowed', 'GET and POST are understood.')
    // The federation endpoint is for programs, which have no pages. It takes what they sign in with, and nothing else.
    if (!isFederation(url)) demandOwnPage(request.headers, origin)
    return undefined
  })

  app.setErrorHandler((thrown, request, reply) => {
    const error = thrown instanceof WebError ? thrown : asAwsError(fastifyRefusal(thrown) ?? thrown)
    if (error instanceof AwsError && error.code === 'InternalFailure') report(thrown, request.id)
    if (error instanceof WebError && error.facts.retryAfterSeconds !== undefined) {
      reply.header('retry-after', error.facts.retryAfterSeconds)
    }
    if (error instanceof AccessDenied && error.encodedMessage !== undefined) {
      reply.header('x-twinlock-authorization-message', error.encodedMessage)
    }
    return reply.status(error.status).send(problemOf(error, request.id))
  })

  app.setNotFoundHandler(() => {
    throw new WebError('NotFound', 'There is nothing here.')
  })
}

/** In no name that we know, and nothing that PostgreSQL could keep. */
const NUL_IN_PATH = /^[^?]*%00/

/**
 * Whether the browser came to an address, where no security key answers: while nobody has said otherwise, the server is localhost's.
 */
const addressedElsewhere = (host = '', { isAssumed }: PublicOrigin) =>
  isAssumed && /^(?:127\.[\d.]+|\[::1\])(?::\d+)?$/.test(host)

const isApi = (url: string) => /^\/(?:signin|console)\/api\//.test(url)

const isFederation = (url: string) => url === '/federation' || url.startsWith('/federation?')

/** What Fastify itself refuses is the sender's fault, in words that repeat nothing. */
function fastifyRefusal(thrown: unknown): AwsError | undefined {
  const status = (thrown as { readonly statusCode?: number }).statusCode
  return status !== undefined && status >= 400 && status < 500 ? unreadable() : undefined
}

const unreadable = () => new AwsError('MalformedInput', 'The request cannot be read.')
