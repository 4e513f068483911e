// The embedded engine: SQLite as Node brings it. Readers see committed data only (WAL), and transactions queue for the one
// writer. synchronous=FULL: what was answered survives a power cut.
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import type { DatabaseConnection, SqliteDialectConfig } from 'kysely'
import { CompiledQuery, Kysely, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely'
import type { DirectAdapter } from './compiled.ts'
import { migrate } from './migrate.ts'
import type { Store } from './store.ts'
import type { Tables } from './tables.ts'

const PRAGMAS = [
  'PRAGMA journal_mode = WAL',
  'PRAGMA busy_timeout = 5000',
  'PRAGMA cache_size = -4000',
]
const WAIT_FOR_DISK = 'PRAGMA synchronous = FULL'
const DO_NOT_WAIT = 'PRAGMA synchronous = NORMAL'

/** Opens the database in `file`, making it (mode 0600) when it does not exist, and brings its schema up to date. */
export async function openSqlite(file: string): Promise<Store> {
  if (!existsSync(file)) writeFileSync(file, '', { mode: 0o600, flag: 'wx' })
  chmodSync(file, 0o600)
  const writer = connect(file, WAIT_FOR_DISK)
  await migrate(writer, 'sqlite')
  const unhurriedWriter = connect(file, DO_NOT_WAIT)
  const db = connect(file, WAIT_FOR_DISK)

  let last: Promise<unknown> = Promise.resolve()
  /** One after another, or a transaction would block the whole process while it waits for another one's lock. */
  const inTurn =
    (connection: Kysely<Tables>): Store['transaction'] =>
    work => {
      const result = last.then(() => connection.transaction().execute(work))
      last = result.catch(() => undefined)
      return result
    }

  return {
    engine: 'sqlite',
    db,
    transaction: inTurn(writer),
    unhurried: inTurn(unhurriedWriter),
    async [Symbol.asyncDispose]() {
      await last
      for (const connection of [db, unhurriedWriter, writer]) await connection.destroy()
    },
  }
}

/** A transaction takes the write lock when it begins, so that it never fails half-way for another process. */
class ImmediateDriver extends SqliteDriver {
  readonly #statements: CachedStatements

  constructor(config: SqliteDialectConfig, statements: CachedStatements) {
    super(config)
    this.#statements = statements
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** A commit that fails, for a full disk, has undone itself: to do it again would fail in turn, and hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#statements.isInTransaction()) await super.rollbackTransaction(connection)
  }
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #statements: CachedStatements

  constructor(statements: CachedStatements) {
    const config = { database: statements }
    super(config)
    this.#config = config
    this.#statements = statements
  }

  override createDriver() {
    return new ImmediateDriver(this.#config, this.#statements)
  }

  override createAdapter() {
    return new NodeSqliteAdapter(this.#statements)
  }
}

class NodeSqliteAdapter extends SqliteAdapter implements DirectAdapter {
  readonly #statements: CachedStatements

  constructor(statements: CachedStatements) {
    super()
    this.#statements = statements
  }

  /** SQLite's schema changes are part of their transaction: a migration that is cut off leaves nothing. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }

  rowsOf(sql: string, parameters: readonly unknown[]): unknown[] {
    const statement = this.#statements.prepare(sql)
    if (statement.reader) return statement.all(parameters)
    statement.run(parameters)
    return []
  }
}

function connect(file: string, durability: string): Kysely<Tables> {
  const database = new DatabaseSync(file)
  for (const pragma of [...PRAGMAS, durability]) database.exec(pragma)
  return new Kysely<Tables>({
    dialect: new NodeSqliteDialect(cachingStatements(database)),
  })
}

const CACHED_STATEMENTS = 500

type CachedStatements = ReturnType<typeof cachingStatements>

/** Node's SQLite in the shape that Kysely expects, each text prepared once. */
function cachingStatements(database: DatabaseSync) {
  const prepared = new Map<string, ReturnType<typeof prepare>>()
  const prepare = (sql: string) => {
    const statement: StatementSync = database.prepare(sql)
    return {
      reader: statement.columns().length > 0,
      all: (parameters: readonly unknown[]) => statement.all(...(parameters as SQLInputValue[])),
      run: (parameters: readonly unknown[]) => statement.run(...(parameters as SQLInputValue[])),
      iterate: (parameters: readonly unknown[]) =>
        statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
    }
  }
  return {
    close: () => database.close(),
    isInTransaction: () => database.isTransaction,
    prepare(sql: string) {
      let statement = prepared.get(sql)
      if (statement === undefined) {
        statement = prepare(sql)
        if (prepared.size >= CACHED_STATEMENTS) prepared.clear()
        prepared.set(sql, statement)
      }
      return statement
    },
  }
}
