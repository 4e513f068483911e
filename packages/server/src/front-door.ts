// The front door: bound before anything is made, so that a start that cannot listen leaves nothing behind. Who knocks before all is
// open waits.
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config.ts'
import type { ListenerParts, ServeBrowser } from './http/listener.ts'
import { listen } from './http/listener.ts'
import type { Spine } from './http/spine.ts'

export type FrontDoor = {
  readonly endpoint: string
  /** Lets everybody in. */
  readonly open: (rooms: Rooms) => void
  /** Takes nobody new and finishes what is in flight; those who still wait are sent away. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

type Rooms = { readonly spine: Spine; readonly web: ServeBrowser }

/** @throws ConfigError when the address cannot be listened on */
export async function frontDoor(
  config: Config,
  clock: Clock,
  report: ListenerParts['report'],
): Promise<FrontDoor> {
  const rooms = Promise.withResolvers<Rooms>()
  rooms.promise.catch(() => undefined)
  const listener = await listen(config.host, config.port, {
    clock,
    trustedProxies: config.trustedProxies,
    report,
    tls: config.tls,
    ready: rooms.promise,
    spine: async (request, connection) => (await rooms.promise).spine(request, connection),
    web: async (message, response, connection) =>
      (await rooms.promise).web(message, response, connection),
  }).catch((error: unknown) => {
    throw new ConfigError(whyNot(config, error), { cause: error })
  })
  return {
    endpoint: listener.endpoint,
    open: rooms.resolve,
    async [Symbol.asyncDispose]() {
      rooms.reject(new Error('the server did not open'))
      await listener[Symbol.asyncDispose]()
    },
  }
}

/** What the operator can do about it, by the system's code. */
const REFUSALS: Readonly<Record<string, (address: Pick<Config, 'host' | 'port'>) => string>> = {
  EADDRINUSE: ({ host, port }) =>
    `Something answers on ${host}:${port} already: stop it, or choose another --listen.`,
  EADDRNOTAVAIL: ({ host }) => `${host} is no address of this machine: choose another --listen.`,
  ENOTFOUND: ({ host }) => `The host name ${host} is unknown: choose another --listen.`,
  EACCES: ({ port }) => `This user may not listen on port ${port}: choose one from 1024 on.`,
}

function whyNot({ host, port }: Config, error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return REFUSALS[code]?.({ host, port }) ?? `Cannot listen on ${host}:${port}: ${message}.`
}
