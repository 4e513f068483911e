// The shared engine: PostgreSQL, or a database that speaks its protocol.
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { migrate } from './migrate.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

const CONNECTIONS = 16
/** `bigint` (oid 20) columns hold milliseconds and counters, all far below 2^53. */
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map([[20, Number]])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    PARSERS.get(oid) ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
}

/** Opens the database at `url` and brings its schema up to date. @throws Error when it cannot be reached. */
export async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, types })
  // An idle connection that the database closes is replaced by the pool; unheard, the event would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    await migrate(db, 'postgres')
  } catch (error) {
    await db.destroy()
    throw error
  }

  return {
    engine: 'postgres',
    db,
    transaction: work => db.transaction().execute(work),
    unhurried: work =>
      db.transaction().execute(async tx => {
        await sql`set local synchronous_commit to off`.execute(tx)
        return work(tx)
      }),
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}
