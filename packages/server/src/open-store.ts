// The store that `--database` names.
import { ConfigError } from './config.ts'
import type { Store } from './store/store.ts'

export const isPostgres = (database: string) => database.startsWith('postgres')

/** @throws ConfigError, in one sentence, when it cannot be opened */
export async function openStore(database: string): Promise<Store> {
  // The URL of a PostgreSQL may hold its password.
  const name = isPostgres(database) ? '' : ` ${database}`
  try {
    if (isPostgres(database))
      return await (await import('./store/postgres.ts')).openPostgres(database)
    return await (await import('./store/sqlite.ts')).openSqlite(database)
  } catch (error) {
    throw new ConfigError(`The database${name} cannot be opened: ${reason(error)}.`, {
      cause: error,
    })
  }
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))
