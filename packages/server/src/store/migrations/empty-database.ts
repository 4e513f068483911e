// A database as it was before the first migration, for tests of migrations.
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Engine, Store } from '../store.ts'

/** Empties the store's database, whatever was in it. */
export async function emptyDatabase({ db }: Store, engine: Engine): Promise<Kysely<unknown>> {
  if (engine === 'postgres') {
    await sql`drop schema public cascade`.execute(db)
    await sql`create schema public`.execute(db)
  } else {
    for (const { name } of await db.introspection.getTables()) {
      await db.schema.dropTable(name).execute()
    }
  }
  return db as unknown as Kysely<unknown>
}
