// What `twinlock backup` does, beside running servers.
import { existsSync } from 'node:fs'
import type { Config } from './config.ts'
import { ConfigError } from './config.ts'

/**
 * Copies the database into `copy`.
 * @throws ConfigError where it is a PostgreSQL, which brings a better tool, or cannot be copied
 */
export async function backUp({ database }: Pick<Config, 'database'>, copy: string): Promise<void> {
  if (database.startsWith('postgres')) {
    throw new ConfigError('A PostgreSQL is backed up by its own pg_dump.')
  }
  if (!existsSync(database)) throw new ConfigError(`There is no database ${database}.`)
  const { backUpSqlite } = await import('./store/backup.ts')
  await backUpSqlite(database, copy).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError(`The database cannot be backed up: ${reason}.`, { cause: error })
  })
}
