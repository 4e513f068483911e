// What all test files of one run share (`node --test --test-global-setup`): a PostgreSQL, a Chromium, and a folder for temporary
// files that goes when the run ends, even if it is interrupted.
import chromium from '@sparticuz/chromium'
import type { PostgresProcess } from '../packages/server/test/postgres-process.ts'
import { startPostgresProcess } from '../packages/server/test/postgres-process.ts'

let postgres: PostgresProcess | undefined

export async function globalSetup(): Promise<void> {
  postgres = await startPostgresProcess()
  process.env['TWINLOCK_TEST_POSTGRES'] = postgres.template
  process.env['TMPDIR'] = postgres.folder
  // Unpacked here, into that folder: two files that begin together would start each other's half-written program.
  await chromium.executablePath()
}

export async function globalTeardown(): Promise<void> {
  await postgres?.[Symbol.asyncDispose]()
}
