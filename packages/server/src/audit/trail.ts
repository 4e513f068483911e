// The trail: every request leaves one record, of strangers' so many a second (budget.ts). The record of a change is written by the change's
// own transaction; all others are gathered and written together, a tenth of a second later, and before the server stops.
import { batch } from '../store/compiled.ts'
import { isRefusedData } from '../store/refused-data.ts'
import type { Queries, Store } from '../store/store.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Progress } from '../http/progress.ts'
import type { AuditRow } from './audit-row.ts'
import { budget } from './budget.ts'
import type { Outcome } from './record.ts'
import { requestRow } from './record.ts'

export type Trail = {
  /** Takes a record to be written soon. Waits only when too many are waiting already. */
  readonly note: (progress: Progress, outcome: Outcome) => Promise<void> | undefined
  /** Writes a record as part of a transaction. */
  readonly write: (tx: Queries, progress: Progress, outcome: Outcome) => Promise<void>
  /** Takes a finished record, of a sign-in, to be written soon. */
  readonly noteRow: (row: AuditRow, of: SignInRecordKind, now: Date) => Promise<void> | undefined
  /** Writes a finished record as part of a transaction. */
  readonly writeRow: (tx: Queries, row: AuditRow) => Promise<void>
  /** Writes what was noted. */
  readonly flush: (now: Date) => Promise<void>
}

/**
 * Of somebody who has proved the password; of a wrong password of somebody who is there, which is bounded by their throttle; of a name
 * that nobody has.
 */
export type SignInRecordKind = 'known' | 'guess' | 'nobody'

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
  // A batch whose commit was not heard of is written again.
  (db, rows: readonly AuditRow[]) =>
    db
      .insertInto('auditEvent')
      .values(rows)
      .onConflict(conflict => conflict.doNothing()),
  row => COLUMNS.map(column => row[column]),
)

/** Records a second of what needs no credentials. Each kind has its own, so that none hides another. */
const STRANGERS_PER_SECOND = 50
const NOBODIES_PER_SECOND = 50
const GUESSES_PER_SECOND = 200

export function trail(store: Store, account: AccountId, report: (error: unknown) => void): Trail {
  let noted: AuditRow[] = []
  let writing: Promise<void> | undefined
  const unwritten = budget(account, 'records that could not be written', 0)
  const strangers = budget(account, 'requests without credentials', STRANGERS_PER_SECOND)
  const signIns = {
    nobody: budget(account, 'sign-ins with names that nobody has', NOBODIES_PER_SECOND),
    guess: budget(account, 'wrong passwords of users', GUESSES_PER_SECOND),
  }

  /**
   * What could not be written is tried again: a record leaves the queue when it is in the store. One that the store refuses for what
   * it holds must not stop those behind it: fewer and fewer are tried together, until it stands alone and is left out.
   */
  async function writeNoted(): Promise<void> {
    let together = TOGETHER
    while (noted.length > 0) {
      const rows = noted.slice(0, together)
      try {
        await store.unhurried(tx => insert(tx, rows))
      } catch (error) {
        if (!isRefusedData(error)) throw error
        together = Math.ceil(rows.length / 2)
        if (rows.length > 1) continue
        report(error)
        leaveOut(rows)
        together = TOGETHER
      }
      noted = noted.slice(rows.length)
    }
  }

  const leaveOut = (rows: readonly AuditRow[]) => {
    for (const { eventTime } of rows) unwritten.admit(new Date(eventTime))
  }

  const writeAll = () => (writing ??= writeNoted().finally(() => (writing = undefined)))

  /** When there is no room, and none can be made, the record is left out: a request must not wait for a store that is gone. */
  function enqueue(row: AuditRow): Promise<void> | undefined {
    if (noted.length < MOST_WAITING) {
      noted.push(row)
      return undefined
    }
    return writeAll().then(
      () => void noted.push(row),
      (error: unknown) => {
        report(error)
        leaveOut([row])
      },
    )
  }

  return {
    note(progress, outcome) {
      if (progress.authenticated === undefined && !strangers.admit(progress.now)) return undefined
      return enqueue(requestRow(progress, outcome, account))
    },

    noteRow: (row, of, now) =>
      of === 'known' || signIns[of].admit(now) ? enqueue(row) : undefined,

    async write(tx, progress, outcome) {
      await insert(tx, [requestRow(progress, outcome, account)])
    },

    async writeRow(tx, row) {
      await insert(tx, [row])
    },

    async flush(now) {
      for (const each of [unwritten, strangers, signIns.nobody, signIns.guess]) {
        const row = each.takeLeftOut(now)
        if (row !== undefined) await enqueue(row)
      }
      await writeAll()
    },
  }
}
