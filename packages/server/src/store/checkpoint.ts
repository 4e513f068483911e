// SQLite's log, moved into the database's own file now and then, so that the file alone is nearly all there is. SQLite itself moves it
// at 4 MB, more than a small company ever writes.
import { sql } from 'kysely'
import type { Store } from './store.ts'

/** Waits for nobody, and takes about as long as two commits. Nothing on PostgreSQL, which looks after its own. */
export async function checkpoint({ engine, db }: Store): Promise<void> {
  if (engine === 'sqlite') await sql`pragma wal_checkpoint(passive)`.execute(db)
}
