// What the operator's commands on keys work with, beside running servers: the store, and the master key that opens its data keys.
import { sql } from 'kysely'
import type { Random } from '../identifiers/random.ts'
import type { Queries, Store } from '../store/store.ts'

export type KeyStore = {
  readonly store: Store
  readonly masterKey: Buffer
  readonly random: Random
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * A transaction in which nobody else changes the data keys, nor any of `tables`. On SQLite every transaction is the only writer; on
 * PostgreSQL readers go on.
 */
export function aloneWithKeys<Result>(
  { engine, transaction }: Store,
  tables: readonly string[],
  work: (tx: Queries) => Promise<Result>,
): Promise<Result> {
  return transaction(async tx => {
    if (engine === 'postgres') {
      const locked = sql.join(['sealedKey', ...tables].map(name => sql.table(name)))
      await sql`lock table ${locked} in share row exclusive mode`.execute(tx)
    }
    return work(tx)
  })
}
