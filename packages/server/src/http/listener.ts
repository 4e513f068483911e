// The door: one plain HTTP listener for every service. It reads a request of bounded size, hands it to the spine, and when it
// closes it lets what is in flight finish.
// `node:http` through getBuiltinModule: an import of it loads undici too, 40 ms of every start.
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AwsError, envelopeFor } from '@twinlock/protocol'
import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Spine, WireAnswer } from './spine.ts'

export type Listener = {
  /** `http://127.0.0.1:6238` */
  readonly endpoint: string
  /** Takes no new connection, finishes what is in flight, and ends. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** A policy document of 131,072 characters, every one escaped, is 393 kB. */
const LARGEST_BODY_BYTES = 1024 * 1024
const HEADERS_WITHIN_MS = 10_000
const REQUEST_WITHIN_MS = 30_000
const KEEP_ALIVE_MS = 65_000
/** How long a closing server waits for requests in flight, and how often it looks for connections that have none left. */
const CLOSE_WITHIN_MS = 10_000
const CLOSE_IDLE_EVERY_MS = 20

/** @throws Error when the address cannot be listened on */
export async function listen(
  host: string,
  port: number,
  spine: Spine,
  clock: Clock,
): Promise<Listener> {
  const { createServer } = process.getBuiltinModule('node:http')
  const server = createServer(
    {
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: REQUEST_WITHIN_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
    },
    (message, response) => {
      // Clients measure their clock's error by it.
      response.sendDate = false
      response.setHeader('Date', httpDate(clock.now()))
      void serve(message, response, spine)
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { address, family, port: bound } = server.address() as AddressInfo
  const shownHost = family === 'IPv6' ? `[${address}]` : address
  return {
    endpoint: `http://${shownHost}:${bound}`,
    [Symbol.asyncDispose]: () => close(server),
  }
}

let lastSecond = 0
let lastHttpDate = ''

/** RFC 9110 §5.6.7; printed once a second. */
function httpDate(now: Date): string {
  const second = Math.floor(now.getTime() / 1000)
  if (second !== lastSecond) {
    lastSecond = second
    lastHttpDate = now.toUTCString()
  }
  return lastHttpDate
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    const impatience = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
    // Clients keep their connections after the last answer: closing once would wait for them.
    const closingIdle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS)
    server.close(() => {
      clearTimeout(impatience)
      clearInterval(closingIdle)
      resolve()
    })
  })
}

async function serve(message: IncomingMessage, response: ServerResponse, spine: Spine) {
  const { method = 'GET', url = '/', headers } = message
  if (url === '/healthz' && (method === 'GET' || method === 'HEAD')) {
    response
      .writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' })
      .end('ok\n')
    return
  }
  const body = await readBody(message)
  if (body === 'aborted') return
  if (body === 'too large') {
    // The rest of the body is not read: the connection ends with this answer.
    send(response, tooLarge(), { Connection: 'close' })
    message.destroy()
    return
  }
  const mark = url.indexOf('?')
  const answer = await spine(
    {
      method,
      path: mark < 0 ? url : url.slice(0, mark),
      query: mark < 0 ? '' : url.slice(mark + 1),
      headers,
      body,
    },
    { sourceIp: sourceIp(message), secureTransport: false },
  )
  send(response, answer)
}

function send(
  response: ServerResponse,
  { status, headers, body }: WireAnswer,
  more: Record<string, string> = {},
) {
  if (response.destroyed) return
  response
    .writeHead(status, { ...headers, ...more, 'Content-Length': Buffer.byteLength(body) })
    .end(body)
}

function readBody(message: IncomingMessage): Promise<Buffer | 'too large' | 'aborted'> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    let size = 0
    message.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= LARGEST_BODY_BYTES) chunks.push(chunk)
      else resolve('too large')
    })
    message.on('end', () =>
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)),
    )
    message.on('close', () => resolve('aborted'))
  })
}

function tooLarge(): WireAnswer {
  const requestId = randomUUID()
  const error = new AwsError('RequestEntityTooLarge', 'The request entity is too large.')
  const { contentType, encodeError } = envelopeFor(undefined, {})
  return {
    status: error.status,
    headers: { 'Content-Type': contentType, 'x-amzn-RequestId': requestId },
    body: encodeError(undefined, error, requestId),
  }
}

const MAPPED_IPV4 = '::ffff:'

/** IPv4 addresses that came over an IPv6 socket are IPv4 addresses. */
function sourceIp({ socket }: IncomingMessage): string {
  const address = socket.remoteAddress ?? ''
  return address.startsWith(MAPPED_IPV4) ? address.slice(MAPPED_IPV4.length) : address
}
