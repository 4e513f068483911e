// How migrations make tables, once for both engines.
import type { ColumnDataType, Expression, Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Engine } from '../store.ts'

/** Types that the engines spell differently. Names sort by their bytes on both, or paging would skip rows. */
const TYPES = {
  sqlite: { text: sql`text`, bytes: sql`blob` },
  postgres: { text: sql`text collate "C"`, bytes: sql`bytea` },
} as const

export const columnTypes = (engine: Engine) => TYPES[engine]

type Column = readonly [name: string, type: ColumnDataType | Expression<unknown>, null?: 'null']

/** Makes a table; its constraints are named after it. */
export const newTable =
  (db: Kysely<unknown>) =>
  async (
    name: string,
    primaryKey: readonly string[],
    columns: readonly Column[],
    unique: readonly (readonly string[])[] = [],
  ): Promise<void> => {
    let builder = db.schema.createTable(name)
    for (const [column, type, nullable] of columns) {
      builder = builder.addColumn(column, type as ColumnDataType, c => (nullable ? c : c.notNull()))
    }
    builder = builder.addPrimaryKeyConstraint(`${name}_key`, [...primaryKey] as never[])
    for (const each of unique) {
      builder = builder.addUniqueConstraint(`${name}_${each.at(-1)}`, [...each] as never[])
    }
    await builder.execute()
  }
