// The store: one relational schema, one set of queries, two engines.
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

/** Where queries run: committed data, or an open transaction. */
export type Queries = Kysely<Tables> | Transaction<Tables>

export type Engine = 'sqlite' | 'postgres'

export type Store = {
  readonly engine: Engine
  /** Committed data. */
  readonly db: Kysely<Tables>
  /**
   * One transaction: all of `work` becomes durable, or nothing. On SQLite transactions run one after another; on
   * PostgreSQL, at read committed, `work` locks the rows that it decides on.
   */
  readonly transaction: <Result>(
    work: (tx: Transaction<Tables>) => Promise<Result>,
  ) => Promise<Result>
  /** A transaction that does not wait for the disk: a power cut may undo it, a crash of the process does not. */
  readonly unhurried: <Result>(
    work: (tx: Transaction<Tables>) => Promise<Result>,
  ) => Promise<Result>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}
