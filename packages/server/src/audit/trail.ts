// The trail: every request leaves one record. The record of a change is written by the change's own transaction; all others
// are gathered and written together, WRITE_AFTER_MS later at the most, and before the server stops.
import type { Queries, Store } from '../store/store.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Progress } from '../http/progress.ts'
import type { AuditRow, Outcome } from './record.ts'
import { auditRow } from './record.ts'

export type Trail = {
  /** Takes a record to be written soon. */
  readonly note: (progress: Progress, outcome: Outcome) => void
  /** Writes a record as part of a transaction. */
  readonly write: (tx: Queries, progress: Progress, outcome: Outcome) => Promise<void>
  /** Writes what was noted. */
  readonly flush: () => Promise<void>
}

/** Rows of one INSERT: SQLite takes 32,766 parameters. */
const ROWS_TOGETHER = 500

export function trail(store: Store, account: AccountId): Trail {
  let noted: (() => AuditRow)[] = []

  return {
    // The record is put together when it is written, off the way of the answer.
    note: (progress, outcome) => void noted.push(() => auditRow(progress, outcome, account)),

    async write(tx, progress, outcome) {
      await tx
        .insertInto('auditEvent')
        .values(auditRow(progress, outcome, account))
        .execute()
    },

    async flush() {
      while (noted.length > 0) {
        const rows = noted.slice(0, ROWS_TOGETHER).map(row => row())
        noted = noted.slice(ROWS_TOGETHER)
        await store.transaction(tx => tx.insertInto('auditEvent').values(rows).execute())
      }
    },
  }
}
