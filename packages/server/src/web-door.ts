// The second door is opened when somebody first knocks: Fastify, its plugins and the ceremonies' libraries would cost every start
// what few need.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserSessions } from './authentication/browser-sessions.ts'
import { throttle } from './authentication/throttle.ts'
import type { Config } from './config.ts'
import type { ServeBrowser } from './http/listener.ts'
import type { AccountId } from './identifiers/account-id.ts'
import type { WebDoor } from './web/door.ts'
import type { WebParts } from './web/visit.ts'

export type LazyWebDoor = {
  readonly serve: ServeBrowser
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

type Made = 'origin' | 'sessions' | 'throttle' | 'metadata'
type Settings = 'sessionHours' | 'rootMfaGraceDays'

export type WebDoorParts = Omit<WebParts, Made | Settings> & {
  readonly account: AccountId
  readonly config: Config
  readonly endpoint: string
}

/** @param partsOf asked once, when the listener has its address */
export function webDoor(partsOf: () => WebDoorParts): LazyWebDoor {
  let opening: Promise<WebDoor> | undefined
  return {
    async serve(message, response, connection) {
      const door = await (opening ??= openDoor(partsOf()))
      door.serve(message, response, connection)
    },
    async [Symbol.asyncDispose]() {
      await (await opening)?.close()
    },
  }
}

async function openDoor({ account, config, endpoint, ...parts }: WebDoorParts): Promise<WebDoor> {
  const [{ openWebDoor }, { publicOrigin }] = await Promise.all([
    import('./web/door.ts'),
    import('./web/public-origin.ts'),
  ])
  return openWebDoor(
    {
      ...parts,
      origin: publicOrigin(config.publicUrl, endpoint),
      sessions: browserSessions(parts.store, config.consoleIdleMinutes),
      throttle: throttle(parts.store, account),
      sessionHours: config.consoleSessionHours,
      rootMfaGraceDays: config.rootMfaGraceDays,
      metadata: config.fidoMetadata,
    },
    pageFolder(),
  )
}

/** What the console's build made; the server runs without it, too. */
function pageFolder(): string | undefined {
  const folder = join(import.meta.dirname, '../../console/dist')
  return existsSync(folder) ? folder : undefined
}
