// Browser sessions belong to who holds them, who may be somebody else than the principal. Of those that are open nobody can say it:
// everybody signs in again.
import type { Expression, Kysely } from 'kysely'
import type { Engine } from '../store.ts'
import { columnTypes } from './new-table.ts'

export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const { text } = columnTypes(engine)
  await (db as Kysely<{ browserSession: object }>).deleteFrom('browserSession').execute()
  await db.schema
    .alterTable('browserSession')
    .addColumn('holder', text as Expression<unknown>, column => column.notNull())
    .execute()
  await db.schema.dropIndex('browserSession_by_principalId').execute()
  await db.schema
    .createIndex('browserSession_by_holder')
    .on('browserSession')
    .columns(['accountId', 'holder'])
    .execute()
}
