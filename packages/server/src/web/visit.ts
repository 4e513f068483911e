// One request of a browser: when, from where, and with which memory of earlier ones. And what the web door works with.
import type { FastifyRequest } from 'fastify'
import type { BrowserSessions } from '../authentication/browser-sessions.ts'
import type { Throttle } from '../authentication/throttle.ts'
import type { Clock } from '../clock.ts'
import type { PerformanceParts } from '../http/performance.ts'
import type { Connection } from '../http/progress.ts'
import type { LastUse } from '../authentication/last-use.ts'
import type { SecurityKeyMetadata } from '../authentication/security-keys.ts'
import type { PublicOrigin } from './public-origin.ts'

export type WebParts = PerformanceParts & {
  readonly clock: Clock
  readonly origin: PublicOrigin
  readonly sessions: BrowserSessions
  readonly throttle: Throttle
  readonly sessionHours: number
  readonly rootMfaGraceDays: number
  readonly lastUse: LastUse
  readonly metadata: SecurityKeyMetadata
  /** Hears what went wrong on our side; never a secret. */
  readonly report: (error: unknown, requestId: string) => void
}

export type Visit = {
  readonly requestId: string
  readonly now: Date
  readonly connection: Connection
  readonly userAgent: string
  readonly referer: string | undefined
}

/** Where a message came from, noted by the listener before Fastify sees it. */
export type Connections = WeakMap<object, Connection>

export function visitOf(
  { clock }: WebParts,
  request: FastifyRequest,
  connections: Connections,
): Visit {
  const connection = connections.get(request.raw)
  if (connection === undefined) throw new Error('a request that did not come through the listener')
  return {
    requestId: request.id,
    now: clock.now(),
    connection,
    userAgent: request.headers['user-agent'] ?? '',
    referer: request.headers.referer,
  }
}
