// Bodies that browsers send: how large one may be, and how many bytes of unfinished ones there are at once. What strangers leave
// half-sent takes nothing from those who are signed in, and one network's takes little from the others.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bodyReader } from '../http/body.ts'
import { siteOf } from '../networks.ts'
import type { SignedIn } from './console/routes.ts'
import type { JsonObject } from './json-body.ts'
import { readJson } from './json-body.ts'
import type { Connections } from './visit.ts'

const LARGEST_CONSOLE_BYTES = 1024 * 1024
const LARGEST_STEP_BYTES = 8 * 1024
/** With the certificates that attest a new key. */
const LARGEST_KEY_ANSWER_BYTES = 96 * 1024
/** Temporary credentials, percent-encoded. */
const LARGEST_CREDENTIALS_BYTES = 32 * 1024

const MOST_OF_SIGNED_IN_BYTES = 32 * 1024 * 1024
const MOST_OF_ONE_HOLDER_BYTES = 4 * 1024 * 1024
const MOST_OF_STRANGERS_BYTES = 16 * 1024 * 1024
const MOST_OF_ONE_NETWORK_BYTES = 1024 * 1024

/** Bodies are read once the page is known to be ours and, in the console, the session to be alive. */
export function readBodies(
  app: FastifyInstance,
  signedIn: SignedIn,
  connections: Connections,
): void {
  const readSignedIn = bodyReader(MOST_OF_SIGNED_IN_BYTES, MOST_OF_ONE_HOLDER_BYTES)
  const readStrangers = bodyReader(MOST_OF_STRANGERS_BYTES, MOST_OF_ONE_NETWORK_BYTES)
  const networkOf = ({ raw }: FastifyRequest) => siteOf(connections.get(raw)?.sourceIp ?? '')
  const parse = (type: string, parser: (request: FastifyRequest) => Promise<JsonObject>) =>
    app.addContentTypeParser(type, (request: FastifyRequest) => parser(request))

  parse('application/json', request => {
    const { raw, url } = request
    const session = signedIn.get(request)
    return session === undefined
      ? readJson(raw, mostBytesOf(url), readStrangers, networkOf(request))
      : readJson(raw, LARGEST_CONSOLE_BYTES, readSignedIn, session.holder)
  })
  // Only the federation endpoint's: everywhere else the origin's check wants JSON.
  parse('application/x-www-form-urlencoded', async request => {
    const body = await readStrangers(request.raw, LARGEST_CREDENTIALS_BYTES, networkOf(request))
    return typeof body === 'string'
      ? {}
      : Object.fromEntries(new URLSearchParams(body.toString('utf8')))
  })
}

/** What a stranger's message may hold. */
function mostBytesOf(url: string): number {
  const [path = ''] = url.split('?')
  if (path === '/federation') return LARGEST_CREDENTIALS_BYTES
  return path.endsWith('/security-key') ? LARGEST_KEY_ANSWER_BYTES : LARGEST_STEP_BYTES
}
