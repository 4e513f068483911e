// Brings a database to the newest schema: numbered migrations, each in its own file, each run once, in order.
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { up as theAccount } from './migrations/0001-the-account.ts'
import { up as signIn } from './migrations/0002-sign-in.ts'
import { up as sessionHolders } from './migrations/0003-session-holders.ts'
import { up as counterDates } from './migrations/0004-counter-dates.ts'
import type { Engine } from './store.ts'

type Migration = (db: Kysely<unknown>, engine: Engine) => Promise<void>

const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-the-account': theAccount,
  '0002-sign-in': signIn,
  '0003-session-holders': sessionHolders,
  '0004-counter-dates': counterDates,
}

/** @throws Error when a migration fails, or a newer Twinlock has run its own; the schema is then as it was before that migration. */
export async function migrate<Tables>(db: Kysely<Tables>, engine: Engine): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: () =>
        Promise.resolve(
          Object.fromEntries(
            Object.entries(MIGRATIONS).map(([name, up]) => [
              name,
              { up: (schema: Kysely<unknown>) => up(schema, engine) },
            ]),
          ),
        ),
    },
  })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw newerDatabase(error) ?? error
}

/** Kysely has no other word for a migration that was run and is not ours. */
function newerDatabase(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined
  const name = /previously executed migration (\S+) is missing/.exec(error.message)?.[1]
  if (name === undefined) return undefined
  return new Error(`a newer Twinlock made it (migration ${name}), so start that one`, {
    cause: error,
  })
}
