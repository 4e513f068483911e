// A lock between processes that dies with its holder. Node has no flock, but the SQLite inside it locks its
// files by the operating system's means; so the lock is an empty database, held in an exclusive transaction.
import { open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { Refusal } from '../command-errors.ts'

const RETRY_MILLISECONDS = 20
const PATIENCE_MILLISECONDS = 10_000

/** SQLITE_BUSY of https://www.sqlite.org/rescode.html */
const BUSY = 5

/** Runs `work` while no other process, and nobody else in this one, holds the lock. */
export async function withLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  // Made here and not by SQLite, for its mode, and for the operating system's own words when it can't be made.
  await (await open(path, 'a', 0o600)).close()
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    for (let waited = 0; !holds(database); waited += RETRY_MILLISECONDS) {
      if (waited >= PATIENCE_MILLISECONDS) {
        throw new Refusal(
          `another twinlock has held ${path} for ten seconds; end it and try again.`,
        )
      }
      await setTimeout(RETRY_MILLISECONDS)
    }
    return await work()
  } finally {
    database.close()
  }
}

function holds(database: DatabaseSync) {
  try {
    database.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return false
    throw error
  }
}
