// When a security key's counter last moved: an answer to a challenge of before was overtaken, and is no clone's.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('securityKey').addColumn('countedDate', 'bigint').execute()
}
