// The ledger of one-time codes: what each TOTP device has proved is one row, which a transaction locks, computes anew and
// writes back before anybody is answered. All verifications of one turn of the event loop share a transaction, so that
// they share its one wait for the disk.
import type { TotpProfile, TotpState } from '@twinlock/factors'
import { freshTotpState, reseededTotpState, verifyCode, verifyPair } from '@twinlock/factors'
import type { Transaction } from 'kysely'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

export type TotpDevice = {
  readonly account: AccountId
  readonly serialNumber: string
  readonly secret: Parameters<typeof verifyCode>[1]
}

export type CodeOutcome = 'proved' | 'wrong' | 'spent' | 'throttled'

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
  ) => Promise<'proved' | 'wrong' | 'throttled'>
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
    const states = await lockStates(
      tx,
      together.map(({ device }) => device),
    )
    const outcomes = together.map(({ device, code, now }): CodeOutcome => {
      const key = keyOf(device.account, device.serialNumber)
      const before = states.get(key) ?? freshTotpState
      const { outcome, state } = verifyCode(profile, device.secret, before, code, seconds(now))
      states.set(key, state)
      return outcome
    })
    await writeStates(tx, states)
    return outcomes
  }

  return {
    verifyCode: (device, code, now) =>
      new Promise((answer, fail) => {
        waiting.push({ device, code, now, answer, fail })
        if (!running && waiting.length === 1) setImmediate(() => void run())
      }),

    async verifyPair(tx, device, [code1, code2], now) {
      const states = await lockStates(tx, [device])
      const key = keyOf(device.account, device.serialNumber)
      const before = states.get(key) ?? freshTotpState
      const { outcome, state } = verifyPair(
        profile,
        device.secret,
        before,
        code1,
        code2,
        seconds(now),
      )
      await writeStates(tx, new Map([[key, state]]))
      return outcome
    },

    async newSeed(tx, account, serialNumber) {
      const states = await lockStates(tx, [{ account, serialNumber }])
      const key = keyOf(account, serialNumber)
      const state = reseededTotpState(states.get(key) ?? freshTotpState)
      await writeStates(tx, new Map([[key, state]]))
    },
  }
}

const seconds = (now: Date) => Math.floor(now.getTime() / 1000)
const keyOf = (account: string, serialNumber: string) => `${account} ${serialNumber}`

/** The states of these devices, their rows locked (in key order, so that nobody waits in a circle) until the transaction ends. */
async function lockStates(
  tx: Transaction<Tables>,
  devices: readonly { readonly account: AccountId; readonly serialNumber: string }[],
): Promise<Map<string, TotpState>> {
  const rows = [
    ...new Map(
      devices.map(device => [keyOf(device.account, device.serialNumber), device]),
    ).values(),
  ]
  await tx
    .insertInto('totpState')
    .values(
      rows
        .toSorted((a, b) => (a.serialNumber < b.serialNumber ? -1 : 1))
        .map(({ account, serialNumber }) => ({
          accountId: account,
          serialNumber,
          state: JSON.stringify(freshTotpState),
        })),
    )
    // Writing the row as it is locks it on both engines, and makes it where there was none.
    .onConflict(conflict =>
      conflict
        .columns(['accountId', 'serialNumber'])
        .doUpdateSet(eb => ({ state: eb.ref('totpState.state') })),
    )
    .execute()
  const locked = await tx
    .selectFrom('totpState')
    .selectAll()
    .where(
      'serialNumber',
      'in',
      rows.map(({ serialNumber }) => serialNumber),
    )
    .execute()
  // Only this ledger writes the column.
  return new Map(
    locked.map(row => [keyOf(row.accountId, row.serialNumber), JSON.parse(row.state) as TotpState]),
  )
}

async function writeStates(tx: Transaction<Tables>, states: ReadonlyMap<string, TotpState>) {
  const rows = [...states].map(([key, state]) => {
    const [accountId = '', serialNumber = ''] = key.split(' ')
    return { accountId, serialNumber, state: JSON.stringify(state) }
  })
  await tx
    .insertInto('totpState')
    .values(rows)
    .onConflict(conflict =>
      conflict
        .columns(['accountId', 'serialNumber'])
        .doUpdateSet(eb => ({ state: eb.ref('excluded.state') })),
    )
    .execute()
}
