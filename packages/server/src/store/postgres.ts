// The shared engine: PostgreSQL, or a database that speaks its protocol.
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { migrate } from './migrate.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

/**
 * Readers have connections of their own. Were they the writers', then transactions that wait for an account's row would hold them
 * all, and the one that has the row would wait for a connection to read with: for ever.
 */
const READERS = 6
const WRITERS = 10

/** A node that died must not keep an account's row, nor a slow one hold up all others. */
const LIMITS = {
  connectionTimeoutMillis: 10_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 30_000,
}

/** `bigint` (oid 20) columns hold milliseconds and counters, all far below 2^53. */
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map([[20, Number]])

const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    PARSERS.get(oid) ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
}

/** Opens the database at `url` and brings its schema up to date. @throws Error when it cannot be reached. */
export async function openPostgres(url: string): Promise<Store> {
  const writers = connect(url, WRITERS)
  const db = connect(url, READERS)
  const close = async () => {
    await db.destroy()
    await writers.destroy()
  }
  try {
    await migrate(writers, 'postgres')
  } catch (error) {
    await close()
    throw error
  }

  return {
    engine: 'postgres',
    db,
    transaction: work => writers.transaction().execute(work),
    unhurried: work =>
      writers.transaction().execute(async tx => {
        await sql`set local synchronous_commit to off`.execute(tx)
        return work(tx)
      }),
    [Symbol.asyncDispose]: close,
  }
}

function connect(url: string, connections: number): Kysely<Tables> {
  const pool = new pg.Pool({ connectionString: url, max: connections, types, ...LIMITS })
  // A connection that the database closes is replaced by the pool, and a query on it fails. Unheard, the event would end the
  // process, whether the connection is idle or in somebody's hands.
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
