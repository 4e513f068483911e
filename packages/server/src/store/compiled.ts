// Queries that are compiled once. Building a query and writing its text costs more than running it, and every text is prepared
// and remembered by the engine: 256 sizes of one INSERT held 100 MB. So a query that is asked often is compiled at its first use,
// and a list of rows is cut into powers of two: nine sizes. An engine in the same process is asked without a detour.
import type { Compilable, CompiledQuery, DialectAdapter } from 'kysely'
import type { Queries } from './store.ts'

/** Runs the query with these parameters. */
export type Compiled<Asked, Result> = (db: Queries, asked: Asked) => Promise<readonly Result[]>

/** An adapter whose engine runs in this process and answers at once. */
export type DirectAdapter = DialectAdapter & {
  /** What the statement answers, on the connection that this adapter belongs to. */
  readonly rowsOf: (sql: string, parameters: readonly unknown[]) => unknown[]
}

/** Runs the query on all rows, a power of two at a time, and returns what it answers. */
export type Batch<Row, Result> = Compiled<readonly Row[], Result>

const LARGEST = 256

/**
 * A query whose text is always the same.
 * @param parametersOf what was asked, as parameters in the order in which the query has them
 */
export function compiled<Asked, Result>(
  build: (db: Queries, asked: Asked) => Compilable<Result>,
  parametersOf: (asked: Asked) => readonly unknown[],
): Compiled<Asked, Result> {
  // Each engine spells it in its own way.
  const texts = new WeakMap<DialectAdapter, CompiledQuery<Result>>()

  return async (db, asked) => {
    const { adapter } = db.getExecutor()
    let text = texts.get(adapter)
    if (text === undefined) {
      text = build(db, asked).compile()
      texts.set(adapter, text)
    }
    const parameters = parametersOf(asked)
    // What the query was built to select is what it answers.
    if (isDirect(adapter)) return adapter.rowsOf(text.sql, parameters) as Result[]
    const query: CompiledQuery<Result> = { ...text, parameters }
    return (await db.executeQuery(query)).rows
  }
}

const isDirect = (adapter: DialectAdapter): adapter is DirectAdapter => 'rowsOf' in adapter

/**
 * A query over a list of rows.
 * @param build the query over some rows, whose parameters are those of the rows, one row after another
 * @param parametersOf a row's parameters, in the order in which the query has them
 */
export function batch<Row, Result>(
  build: (db: Queries, rows: readonly Row[]) => Compilable<Result>,
  parametersOf: (row: Row) => readonly unknown[],
): Batch<Row, Result> {
  const bySize = new Map<number, Batch<Row, Result>>()
  const ofSize = (size: number) => {
    const known = bySize.get(size) ?? compiled(build, rows => rows.flatMap(parametersOf))
    bySize.set(size, known)
    return known
  }

  return async (db, rows) => {
    const results: Result[] = []
    for (let from = 0; from < rows.length;) {
      const size = Math.min(LARGEST, 2 ** Math.floor(Math.log2(rows.length - from)))
      results.push(...(await ofSize(size)(db, rows.slice(from, from + size))))
      from += size
    }
    return results
  }
}
