// The trail: every request leaves one record. The record of a change is written by the change's own transaction; all others
// are gathered and written together, WRITE_AFTER_MS later at the most, and before the server stops.
import { batch } from '../store/compiled.ts'
import type { Queries, Store } from '../store/store.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Progress } from '../http/progress.ts'
import type { AuditRow, Outcome } from './record.ts'
import { auditRow } from './record.ts'

export type Trail = {
  /** Takes a record to be written soon. Waits only when too many are waiting already. */
  readonly note: (progress: Progress, outcome: Outcome) => Promise<void> | undefined
  /** Writes a record as part of a transaction. */
  readonly write: (tx: Queries, progress: Progress, outcome: Outcome) => Promise<void>
  /** Writes what was noted. */
  readonly flush: () => Promise<void>
}

/** Records that one transaction writes. */
const TOGETHER = 1024

/** Records that may wait. When there are more, requests wait for them to be written: memory stays bounded. */
const MOST_WAITING = 4096

const COLUMNS = [
  'accountId',
  'eventTime',
  'eventId',
  'eventName',
  'eventSource',
  'userName',
  'accessKeyId',
  'readOnly',
  'record',
] as const satisfies readonly (keyof AuditRow)[]

const insert = batch(
  (db, rows: readonly AuditRow[]) => db.insertInto('auditEvent').values(rows),
  row => COLUMNS.map(column => row[column]),
)

export function trail(store: Store, account: AccountId): Trail {
  let noted: (() => AuditRow)[] = []
  let writing: Promise<void> | undefined
  async function writeNoted(): Promise<void> {
    while (noted.length > 0) {
      const rows = noted.slice(0, TOGETHER).map(row => row())
      noted = noted.slice(TOGETHER)
      await store.unhurried(tx => insert(tx, rows))
    }
  }

  const flush = () => (writing ??= writeNoted().finally(() => (writing = undefined)))

  return {
    // The record is put together when it is written, off the way of the answer.
    note(progress, outcome) {
      noted.push(() => auditRow(progress, outcome, account))
      return noted.length < MOST_WAITING ? undefined : flush()
    },

    async write(tx, progress, outcome) {
      await insert(tx, [auditRow(progress, outcome, account)])
    },

    flush,
  }
}
