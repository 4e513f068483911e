// The pages themselves: files that the console's build made, and the ways between them. `/` leads to sign-in, and sign-in to the
// console.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readCookie } from './cookies.ts'
import { FIRST_PAGE } from './return-path.ts'
import type { WebParts } from './visit.ts'

/** Built files have their digest in their names. What is not there may be there tomorrow: only a file that is sent is kept. */
const FOREVER = { cacheControl: true, maxAge: '1y', immutable: true } as const

const NOT_BUILT =
  'The sign-in pages are not built. Run: npm run build --workspace packages/console\n'

export async function pages(
  app: FastifyInstance,
  { clock, origin, sessions }: WebParts,
  folder: string | undefined,
): Promise<void> {
  const isSignedIn = async (request: FastifyRequest) =>
    (await sessions.find(readCookie(request, 'session', origin) ?? '', clock.now())) !== undefined
  const page = (reply: FastifyReply, file: string) => {
    if (folder === undefined || !existsSync(join(folder, file))) {
      return reply.status(503).type('text/plain').send(NOT_BUILT)
    }
    return reply.sendFile(file, { cacheControl: false })
  }
  await app.register(files, {
    root: folder ?? import.meta.dirname,
    serve: false,
    preCompressed: true,
  })

  // A link from elsewhere brings no SameSite=Strict cookie, but the session's is Lax: whoever is signed in stays so.
  app.get('/', async (request, reply) =>
    reply.redirect((await isSignedIn(request)) ? FIRST_PAGE : '/signin', 302),
  )
  app.get('/signin', (_, reply) => page(reply, 'signin.html'))
  app.get('/signin/', (_, reply) => reply.redirect('/signin', 302))
  app.get('/console', (_, reply) => reply.redirect(FIRST_PAGE, 302))
  app.get<{ Params: { '*': string } }>('/console/*', async (request, reply) => {
    const path = request.params['*']
    if (path === 'icon.svg') return page(reply, path)
    if (path.startsWith('api/')) return reply.callNotFound()
    if (path.startsWith('assets/')) {
      if (folder === undefined) return page(reply, '')
      return reply.sendFile(path, FOREVER)
    }
    if (await isSignedIn(request)) return page(reply, 'console.html')
    return reply.redirect(`/signin?returnTo=${encodeURIComponent(request.url)}`, 302)
  })
}
