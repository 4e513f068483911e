// The ledger of one-time codes: what each TOTP device has proved is one row, which a transaction locks, computes anew and
// writes back before anybody is answered. All verifications of one turn of the event loop share a transaction, so that
// they share its one wait for the disk.
import type { TotpFormat, TotpProfile, TotpState } from '@twinlock/factors'
import {
  clockDriftSeconds,
  freshTotpState,
  reseededTotpState,
  throttleWaitSeconds,
  verifyCode,
  verifyPair,
} from '@twinlock/factors'
import type { Selectable, Transaction } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import { batch } from '../store/compiled.ts'
import type { Queries, Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

export type TotpDevice = {
  readonly account: AccountId
  readonly serialNumber: string
  readonly secret: Parameters<typeof verifyCode>[1]
  /** Of its codes, where they are not AWS's. */
  readonly format?: TotpFormat
  /** Before and after these times, in milliseconds, its codes prove nothing. */
  readonly validFrom?: number
  readonly validUntil?: number
}

export type CodeOutcome = 'proved' | 'wrong' | 'spent' | 'throttled'

export type PairOutcome =
  | {
      readonly outcome: 'proved'
      /** How many seconds the device's clock is ahead of ours; negative when behind. */
      readonly clockDriftSeconds: number
    }
  | { readonly outcome: 'wrong' | 'throttled' }

export type TotpLedger = {
  /**
   * Verifies one code, as STS asks for it. When it answers, the outcome is durable: a proved code never proves again, on
   * this node or another.
   */
  readonly verifyCode: (device: TotpDevice, code: string, now: Date) => Promise<CodeOutcome>
  /** Verifies two consecutive codes inside the caller's transaction, which must commit whatever the outcome. */
  readonly verifyPair: (
    tx: Transaction<Tables>,
    device: TotpDevice,
    codes: readonly [string, string],
    now: Date,
  ) => Promise<PairOutcome>
  /** Seconds until the first of these devices may be tried again. */
  readonly waitSeconds: (devices: readonly TotpDevice[], now: Date) => Promise<number>
  /** A new seed at this serial number: nothing is proved with it yet, but its guesses still count. */
  readonly newSeed: (
    tx: Transaction<Tables>,
    account: AccountId,
    serialNumber: string,
  ) => Promise<void>
}

type Pending = {
  readonly device: TotpDevice
  readonly code: string
  readonly now: Date
  readonly answer: (outcome: CodeOutcome) => void
  readonly fail: (error: unknown) => void
}

/** Rows of one turn that share a transaction; more wait for the next one. */
const MOST_TOGETHER = 256

export function totpLedger(store: Store, profile: TotpProfile): TotpLedger {
  let waiting: Pending[] = []
  let running = false

  async function run(): Promise<void> {
    running = true
    try {
      while (waiting.length > 0) {
        const together = waiting.slice(0, MOST_TOGETHER)
        waiting = waiting.slice(MOST_TOGETHER)
        try {
          const outcomes = await store.transaction(tx => settle(tx, together))
          for (const [index, { answer }] of together.entries()) answer(outcomes[index] ?? 'wrong')
        } catch (error) {
          for (const { fail } of together) fail(error)
        }
      }
    } finally {
      running = false
    }
  }

  async function settle(tx: Transaction<Tables>, together: readonly Pending[]) {
    const rows = rowsOf(together.map(({ device }) => device))
    const states = await lockStates(tx, rows)
    const outcomes = together.map(({ device, code: shown, now }) => {
      const { serialNumber, secret, format } = device
      const code = isValid(device, now) ? shown : NO_CODE
      const before = states.get(serialNumber) ?? freshTotpState
      const { outcome, state } = verifyCode(profile, secret, before, code, seconds(now), format)
      states.set(serialNumber, state)
      return outcome
    })
    await writeStates(tx, rows, states)
    return outcomes
  }

  return {
    verifyCode: (device, code, now) =>
      new Promise((answer, fail) => {
        waiting.push({ device, code, now, answer, fail })
        if (!running && waiting.length === 1) setImmediate(() => void run())
      }),

    async verifyPair(tx, device, [code1, code2], now) {
      const { serialNumber, secret, format } = device
      const states = await lockStates(tx, [device])
      const before = states.get(serialNumber) ?? freshTotpState
      const at = seconds(now)
      const [first, second] = isValid(device, now) ? [code1, code2] : [NO_CODE, NO_CODE]
      const pair = verifyPair(profile, secret, before, first, second, at, format)
      await writeStates(tx, [device], new Map([[serialNumber, pair.state]]))
      return pair.outcome === 'proved'
        ? { outcome: 'proved', clockDriftSeconds: clockDriftSeconds(pair, at, format) }
        : { outcome: pair.outcome }
    },

    async waitSeconds(devices, now) {
      const states = await Promise.all(devices.map(device => findState(store.db, device)))
      return Math.min(...states.map(state => throttleWaitSeconds(profile, state, seconds(now))))
    },

    async newSeed(tx, account, serialNumber) {
      const device = { account, serialNumber }
      const before = (await lockStates(tx, [device])).get(serialNumber) ?? freshTotpState
      await writeStates(tx, [device], new Map([[serialNumber, reseededTotpState(before)]]))
    },
  }
}

/** Stands for a code of a token that is not valid: it is judged, and counted, like a wrong one. */
const NO_CODE = ''

const isValid = ({ validFrom = -Infinity, validUntil = Infinity }: TotpDevice, now: Date) =>
  validFrom <= now.getTime() && now.getTime() <= validUntil

const seconds = (now: Date) => Math.floor(now.getTime() / 1000)

/** The rows of these devices' states, in one fixed order, so that nobody waits in a circle. */
function rowsOf(devices: readonly Keyed[]): readonly Keyed[] {
  const bySerial = new Map(devices.map(device => [device.serialNumber, device]))
  return [...bySerial.values()].toSorted((a, b) => (a.serialNumber < b.serialNumber ? -1 : 1))
}

/** Writing a row as it is locks it on both engines until the transaction ends, and makes it where there was none. */
const lockRows = batch(
  (db, devices: readonly Keyed[]) =>
    db
      .insertInto('totpState')
      .values(
        devices.map(({ account, serialNumber }) => ({
          accountId: account,
          serialNumber,
          state: FRESH,
        })),
      )
      .onConflict(conflict =>
        conflict
          .columns(['accountId', 'serialNumber'])
          .doUpdateSet(eb => ({ state: eb.ref('totpState.state') })),
      )
      .returning(['serialNumber', 'state']),
  ({ account, serialNumber }) => [account, serialNumber, FRESH],
)

const writeRows = batch(
  (db, rows: readonly StateRow[]) =>
    db
      .insertInto('totpState')
      .values(rows)
      .onConflict(conflict =>
        conflict
          .columns(['accountId', 'serialNumber'])
          .doUpdateSet(eb => ({ state: eb.ref('excluded.state') })),
      ),
  ({ accountId, serialNumber, state }) => [accountId, serialNumber, state],
)

/** The states of these rows by serial number, locked until the transaction ends. */
async function lockStates(tx: Transaction<Tables>, rows: readonly Keyed[]): Promise<States> {
  const locked = await lockRows(tx, rows)
  // Only this ledger writes the column. A serial number names its account.
  return new Map(
    locked.map(({ serialNumber, state }) => [serialNumber, JSON.parse(state) as TotpState]),
  )
}

async function findState(db: Queries, { account, serialNumber }: Keyed): Promise<TotpState> {
  const row = await db
    .selectFrom('totpState')
    .select('state')
    .where('accountId', '=', account)
    .where('serialNumber', '=', serialNumber)
    .executeTakeFirst()
  // Only this ledger writes the column.
  return row === undefined ? freshTotpState : (JSON.parse(row.state) as TotpState)
}

async function writeStates(
  tx: Transaction<Tables>,
  rows: readonly Keyed[],
  states: States,
): Promise<void> {
  await writeRows(
    tx,
    rows.map(({ account, serialNumber }) => ({
      accountId: account,
      serialNumber,
      state: JSON.stringify(states.get(serialNumber) ?? freshTotpState),
    })),
  )
}

type Keyed = Pick<TotpDevice, 'account' | 'serialNumber'>
type StateRow = Selectable<Tables['totpState']>
/** By serial number. */
type States = Map<string, TotpState>

const FRESH = JSON.stringify(freshTotpState)
