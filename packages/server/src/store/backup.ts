// A copy of a SQLite database, whole as it was at one moment, while servers go on writing to it.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { DatabaseSync, backup } from 'node:sqlite'

const OWNER_ONLY = 0o600

/** So many pages at a time are all of them: a copy in parts begins anew whenever somebody writes. */
const ALL_PAGES = 2 ** 31 - 1

/**
 * Copies the database `file` to `copy`, which is one file, sound, and on the disk when this resolves.
 * @throws Error when `copy` is there already, or `file` cannot be read or is damaged
 */
export async function backUpSqlite(file: string, copy: string): Promise<void> {
  if (existsSync(copy)) throw new Error(`${copy} is there already`)
  const draft = `${copy}.${process.pid}.new`
  closeSync(openSync(draft, 'wx', OWNER_ONLY))
  try {
    using database = new DatabaseSync(file, { readOnly: true })
    await backup(database, draft, { rate: ALL_PAGES })
    checkCopy(draft)
    keep(draft)
    renameSync(draft, copy)
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal'])
      rmSync(`${draft}${ending}`, { force: true })
  }
}

/** Looks through the copy, and makes one file of it: a log beside it would be forgotten. */
function checkCopy(copy: string): void {
  using database = new DatabaseSync(copy)
  database.exec('pragma journal_mode = delete')
  const found = database.prepare('pragma quick_check(1)').get()?.['quick_check']
  if (found !== 'ok') throw new Error(`the database is damaged: ${String(found)}`)
}

function keep(file: string): void {
  const descriptor = openSync(file, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
