// Runs a suite once on each engine: on SQLite files, and on databases of a real PostgreSQL that the tests start.
import { randomUUID } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import pg from 'pg'
import { startPostgresProcess } from '../../test/postgres-process.ts'
import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Engine, Store } from './store.ts'

/** What `--database` would say: a file for SQLite, a `postgres://` URL. */
export type NewDatabase = () => Promise<string>

/**
 * Describes `title` on each engine. `newDatabase` makes one that holds nothing but the schema, a copy of one that was migrated
 * before; `engine` says which.
 */
export function onEveryEngine(
  title: string,
  suite: (newDatabase: NewDatabase, engine: Engine) => void,
): void {
  describe(`${title}, on SQLite`, () => {
    let folder: string
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'twinlock-'))
      await (await openSqlite(join(folder, 'template')))[Symbol.asyncDispose]()
    })
    after(() => rm(folder, { recursive: true, force: true }))

    suite(async () => {
      const file = join(folder, `${randomUUID()}.sqlite`)
      await copyFile(join(folder, 'template'), file)
      return file
    }, 'sqlite')
  })
  describe(`${title}, on PostgreSQL`, () => {
    let template: URL
    before(async () => {
      template = new URL(await postgresTemplate())
    })

    suite(async () => {
      const name = `test_${randomUUID().replaceAll('-', '')}`
      const client = new pg.Client({ connectionString: new URL('/postgres', template).href })
      await client.connect()
      await client.query(`create database ${name} template ${template.pathname.slice(1)}`)
      await client.end()
      return new URL(`/${name}`, template).href
    }, 'postgres')
  })
}

/** Opens what `newDatabase` made. */
export function openStore(database: string): Promise<Store> {
  return database.startsWith('postgres://') ? openPostgres(database) : openSqlite(database)
}

/** In the server that `npm test` starts for all files; in one for this process when a file is run by itself. */
const postgresTemplate = async () =>
  process.env['TWINLOCK_TEST_POSTGRES'] ?? (await (ownServer ??= startPostgresProcess())).template

let ownServer: ReturnType<typeof startPostgresProcess> | undefined
