// The door: one plain HTTP listener for every service. It reads a request of bounded size, hands it to the spine, and when it
// closes it lets what is in flight finish.
// `node:http` through getBuiltinModule: an import of it loads undici too, 40 ms of every start.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { AwsError, envelopeFor } from '@twinlock/protocol'
import type { ErrorCode } from '@twinlock/protocol'
import type { Clock } from '../clock.ts'
import type { Body } from './body.ts'
import { bodyReader } from './body.ts'
import { isForBrowsers } from './browser-requests.ts'
import { endOfTurn } from './end-of-turn.ts'
import { shareConnections } from './connection-shares.ts'
import { connectionOf } from './forwarded.ts'
import { httpDates } from './http-date.ts'
import { siteOf } from '../networks.ts'
import type { Connection } from './progress.ts'
import type { Spine, WireAnswer } from './spine.ts'
import { tellsTooMuch } from './told-headers.ts'
import type { TrustedProxies } from './trusted-proxies.ts'
import { canonicalAddress } from './trusted-proxies.ts'

export type Listener = {
  /** `http://127.0.0.1:6238`, or `https://…` where it speaks TLS itself. */
  readonly endpoint: string
  /** Takes no new connection, finishes what is in flight, and ends. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

export type ListenerParts = {
  readonly spine: Spine
  readonly clock: Clock
  /** Whose word on where a request came from is taken. */
  readonly trustedProxies: TrustedProxies
  /** Hears what went wrong on our side. */
  readonly report: (error: unknown) => void
  /** The second door; it answers by itself. Absent: there is none. */
  readonly web?: ServeBrowser
  /** Until then nobody is told that the server is well. */
  readonly ready?: Promise<unknown> | undefined
  /** Certificate and key in PEM: the listener speaks TLS, and nothing else. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined
}

export type ServeBrowser = (
  message: IncomingMessage,
  response: ServerResponse,
  connection: Connection,
) => Promise<void>

/** What a stranger may take of the server: bytes of bodies, connections, and time. */
export type Limits = {
  readonly bodyBytes: number
  readonly unsignedBodyBytes: number
  readonly bytesInFlight: number
  readonly bytesOfOneNetwork: number
  readonly connections: number
  readonly connectionsOfOneNetwork: number
  readonly headersWithinMs: number
  readonly requestWithinMs: number
  /** How often requests that take too long are looked for. */
  readonly checkEveryMs: number
  /** How long a closing server waits for requests in flight. */
  readonly closeWithinMs: number
}

export const LIMITS: Limits = {
  /** A policy document of 131,072 characters, every one escaped, is 393 kB. */
  bodyBytes: 1024 * 1024,
  /** A request that does not even claim a signature has no reason to be long. */
  unsignedBodyBytes: 64 * 1024,
  bytesInFlight: 64 * 1024 * 1024,
  /** A signature is claimed before it is judged: bodies that one network leaves half-sent must not stop the others. */
  bytesOfOneNetwork: 4 * 1024 * 1024,
  connections: 10_000,
  connectionsOfOneNetwork: 1000,
  headersWithinMs: 10_000,
  requestWithinMs: 30_000,
  checkEveryMs: 5000,
  closeWithinMs: 10_000,
}

const KEEP_ALIVE_MS = 65_000
/** How often a closing server looks for connections that have no request left. */
const CLOSE_IDLE_EVERY_MS = 20

/** Where AWS leads whoever asks with another method. */
const DOCUMENTATION = 'https://aws.amazon.com/iam'

/** @throws Error when the address cannot be listened on */
export async function listen(
  host: string,
  port: number,
  { spine, clock, trustedProxies, report, web, ready, tls }: ListenerParts,
  limits: Limits = LIMITS,
): Promise<Listener> {
  const httpDate = httpDates()
  const serve = server({ spine, trustedProxies, ready }, limits)
  const atEndOfTurn = endOfTurn()
  const listening = newServer(
    tls,
    {
      headersTimeout: limits.headersWithinMs,
      requestTimeout: limits.requestWithinMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (message, response) => {
      const fail = (error: unknown) => {
        report(error)
        response.destroy()
      }
      if (web !== undefined && isForBrowsers(message)) {
        const connection = connectionOfMessage(message, trustedProxies)
        if (connection === undefined) return void response.destroy()
        web(message, response, connection).catch(fail)
        return
      }
      response.sendDate = false
      serve(message).then(
        answer => atEndOfTurn(() => send(message, response, answer, httpDate(clock.now())), fail),
        fail,
      )
    },
  )
  listening.maxConnections = limits.connections
  shareConnections(listening, limits.connectionsOfOneNetwork, trustedProxies)
  const connections = openConnections(listening)
  await new Promise<void>((resolve, reject) => {
    listening.once('error', reject)
    listening.listen(port, host, () => {
      listening.off('error', reject)
      resolve()
    })
  })
  const { address, family, port: bound } = listening.address() as AddressInfo
  const shownHost = family === 'IPv6' ? `[${address}]` : address
  return {
    endpoint: `${tls === undefined ? 'http' : 'https'}://${shownHost}:${bound}`,
    [Symbol.asyncDispose]: () => close(listening, connections, limits.closeWithinMs),
  }
}

/** `node:https` through getBuiltinModule, like its sibling, and only where TLS is spoken. */
function newServer(
  tls: ListenerParts['tls'],
  options: {
    readonly headersTimeout: number
    readonly requestTimeout: number
    readonly connectionsCheckingInterval: number
    readonly keepAliveTimeout: number
  },
  onRequest: (message: IncomingMessage, response: ServerResponse) => void,
): Server {
  return tls === undefined
    ? process.getBuiltinModule('node:http').createServer(options, onRequest)
    : process
        .getBuiltinModule('node:https')
        .createServer({ ...options, ...tls, minVersion: 'TLSv1.2' }, onRequest)
}

/** Where a message comes from; undefined of a socket that is gone, which has no address. */
function connectionOfMessage(
  { socket, headers }: IncomingMessage,
  trustedProxies: TrustedProxies,
): Connection | undefined {
  const peer = canonicalAddress(socket.remoteAddress ?? '')
  if (peer === undefined) return undefined
  const connection = connectionOf(peer, headers, trustedProxies)
  // Of our own TLS we know ourselves; whom a proxy served is for the proxy to say.
  const isOwnTls = 'encrypted' in socket && connection.sourceIp === peer
  return isOwnTls ? { ...connection, secureTransport: true } : connection
}

/** What is open: Node leaves connections alone on which nothing came yet, a browser's that was opened in advance or a probe's. */
function openConnections(listening: Server): ReadonlySet<Socket> {
  const connections = new Set<Socket>()
  listening.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  return connections
}

function close(
  listening: Server,
  connections: ReadonlySet<Socket>,
  withinMs: number,
): Promise<void> {
  return new Promise(resolve => {
    const impatience = setTimeout(() => listening.closeAllConnections(), withinMs)
    // Clients keep their connections after the last answer: closing once would wait for them.
    const closingIdle = setInterval(() => {
      listening.closeIdleConnections()
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
    }, CLOSE_IDLE_EVERY_MS)
    listening.close(() => {
      clearTimeout(impatience)
      clearInterval(closingIdle)
      resolve()
    })
  })
}

/** From a message to what is answered; undefined when there is nobody left to answer. */
function server(
  { spine, trustedProxies, ready }: Pick<ListenerParts, 'spine' | 'trustedProxies' | 'ready'>,
  limits: Limits,
): (message: IncomingMessage) => Promise<WireAnswer | undefined> {
  const readBody = bodyReader(limits.bytesInFlight, limits.bytesOfOneNetwork)

  return async message => {
    const { method = 'GET', url = '/', headers } = message
    if (url === '/healthz') {
      await ready
      return HEALTHY
    }
    // Without an address there is nobody to answer, and no condition on aws:SourceIp could be judged.
    const connection = connectionOfMessage(message, trustedProxies)
    if (connection === undefined) return undefined
    if (tellsTooMuch(headers)) {
      return refusal(
        'MalformedInput',
        'The headers User-Agent and Referer may have 2,048 characters.',
      )
    }
    if (method !== 'GET' && method !== 'POST')
      return { status: 302, headers: { Location: DOCUMENTATION }, body: '' }
    const isSigned = headers.authorization !== undefined || url.includes('X-Amz-Signature=')
    const body = await readBody(
      message,
      isSigned ? limits.bodyBytes : limits.unsignedBodyBytes,
      siteOf(connection.sourceIp),
    )
    if (typeof body === 'string') return UNREAD[body]()
    const mark = url.indexOf('?')
    return spine(
      {
        method,
        path: mark < 0 ? url : url.slice(0, mark),
        query: mark < 0 ? '' : url.slice(mark + 1),
        headers,
        body,
      },
      connection,
    )
  }
}

const HEALTHY: WireAnswer = {
  status: 200,
  headers: { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' },
  body: 'ok\n',
}

const UNREAD: Record<Exclude<Body, Buffer>, () => WireAnswer | undefined> = {
  'too large': () => refusal('RequestEntityTooLarge', 'The request entity is too large.'),
  busy: () =>
    refusal(
      'ServiceUnavailable',
      'The request has failed due to a temporary failure of the server.',
    ),
  aborted: () => undefined,
}

function refusal(code: ErrorCode, message: string): WireAnswer {
  const requestId = randomUUID()
  const error = new AwsError(code, message)
  const { contentType, encodeError } = envelopeFor(undefined, {})
  return {
    status: error.status,
    headers: { 'Content-Type': contentType, 'x-amzn-RequestId': requestId, Connection: 'close' },
    body: encodeError(undefined, error, requestId),
  }
}

function send(
  message: IncomingMessage,
  response: ServerResponse,
  answer: WireAnswer | undefined,
  date: string,
): void {
  if (answer === undefined || response.destroyed) return
  const { status, headers, body } = answer
  const length = Buffer.byteLength(body)
  response.writeHead(status, { ...headers, Date: date, 'Content-Length': length })
  // Text that is all ASCII is written twice as fast as Latin-1.
  response.end(body, length === body.length ? 'latin1' : 'utf8')
  // What is left of a body that was not read is not read: the connection ends with this answer.
  if (!message.complete) response.once('finish', () => message.destroy())
}
