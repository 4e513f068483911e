// What all test files of one run share (`node --test --test-global-setup`): a PostgreSQL, and a folder for temporary files that
// goes when the run ends, even if it is interrupted.
import type { PostgresProcess } from '../packages/server/test/postgres-process.ts'
import { startPostgresProcess } from '../packages/server/test/postgres-process.ts'

let postgres: PostgresProcess | undefined

export async function globalSetup(): Promise<void> {
  postgres = await startPostgresProcess()
  process.env['TWINLOCK_TEST_POSTGRES'] = postgres.template
  process.env['TMPDIR'] = postgres.folder
}

export async function globalTeardown(): Promise<void> {
  await postgres?.[Symbol.asyncDispose]()
}
