// Queries over lists of rows, compiled once. A query's text depends on how many rows it has, and each text is built, prepared
// and remembered anew: 256 sizes of one INSERT held 100 MB. So a list is cut into powers of two, and there are nine sizes.
import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Queries } from './store.ts'
import type { Tables } from './tables.ts'

const LARGEST = 256

/** Runs the query on all rows, a power of two at a time, and returns what it answers. */
export type Batch<Row, Result> = (db: Queries, rows: readonly Row[]) => Promise<readonly Result[]>

/**
 * @param db of the engine that the query will run on
 * @param build the query over some rows, whose parameters are those of the rows, one row after another
 * @param parametersOf a row's parameters, in the order in which the query has them
 */
export function batch<Row, Result>(
  db: Kysely<Tables>,
  build: (db: Queries, rows: readonly Row[]) => Compilable<Result>,
  parametersOf: (row: Row) => readonly unknown[],
): Batch<Row, Result> {
  const compiled = new Map<number, CompiledQuery<Result>>()

  const queryFor = (rows: readonly Row[]): CompiledQuery<Result> => {
    let query = compiled.get(rows.length)
    if (query === undefined) {
      query = build(db, rows).compile()
      compiled.set(rows.length, query)
    }
    return { ...query, parameters: rows.flatMap(parametersOf) }
  }

  return async (queries, rows) => {
    const results: Result[] = []
    for (let from = 0; from < rows.length;) {
      const size = Math.min(LARGEST, 2 ** Math.floor(Math.log2(rows.length - from)))
      const { rows: found } = await queries.executeQuery(queryFor(rows.slice(from, from + size)))
      results.push(...found)
      from += size
    }
    return results
  }
}
