// A sign-in under way: what the browser has proved so far. It lasts ten minutes, belongs to one browser, and ends with one
// session at most.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Random } from '../identifiers/random.ts'
import type { Queries } from '../store/store.ts'
import { newBrowserToken, readBrowserToken } from './browser-token.ts'
import type { MfaProof } from './session-tokens.ts'
import type { SignInPrincipal } from './sign-in-password.ts'

export type Attempt = {
  readonly principal: SignInPrincipal
  /** Of the password that was proved. */
  readonly passwordMark: string
  /** The id of the browser, where this principal has signed in with it before. */
  readonly knownBrowser?: string
  /** Where the browser goes when it is signed in: a path of ours. */
  readonly returnTo: string
  readonly mfa?: MfaProof
  /** The authenticator app that is being set up. */
  readonly enrolling?: { readonly serialNumber: string }
  /** Enrolment was offered and put off. */
  readonly enrolsLater?: true
}

export type FoundAttempt = Attempt & {
  readonly account: AccountId
  readonly tokenHash: string
  readonly version: number
  readonly wrongCodes: number
}

export const ATTEMPT_SECONDS = 600

/** Begins an attempt; returns the token for the browser's cookie. */
export async function openAttempt(
  db: Queries,
  attempt: Attempt,
  random: Random,
  now: Date,
): Promise<string> {
  const { account, principalId } = attempt.principal
  const { token, tokenHash } = newBrowserToken(account, random)
  await db
    .insertInto('signInAttempt')
    .values({
      accountId: account,
      tokenHash,
      principalId,
      version: 1,
      wrongCodes: 0,
      state: JSON.stringify(attempt),
      expireDate: now.getTime() + ATTEMPT_SECONDS * 1000,
    })
    .execute()
  return token
}

export async function findAttempt(
  db: Queries,
  token: string,
  now: Date,
): Promise<FoundAttempt | undefined> {
  const presented = readBrowserToken(token)
  if (presented === undefined) return undefined
  const { account, tokenHash } = presented
  const row = await db
    .selectFrom('signInAttempt')
    .select(['state', 'version', 'wrongCodes'])
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .where('expireDate', '>', now.getTime())
    .executeTakeFirst()
  if (row === undefined) return undefined
  // Only this file writes the column.
  const { state, version, wrongCodes } = row
  return { ...(JSON.parse(state) as Attempt), account, tokenHash, version, wrongCodes }
}

/** Takes a step. Of two tabs, or two nodes, that take one from the same attempt, one does: undefined for the other. */
export async function advanceAttempt(
  db: Queries,
  found: FoundAttempt,
  step: Partial<Attempt>,
): Promise<FoundAttempt | undefined> {
  const { account, tokenHash, version, wrongCodes, ...attempt } = found
  const advanced = { ...attempt, ...step }
  const { numUpdatedRows } = await db
    .updateTable('signInAttempt')
    .set({ state: JSON.stringify(advanced), version: version + 1 })
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
    ? { ...advanced, account, tokenHash, wrongCodes, version: version + 1 }
    : undefined
}

/** Counts a wrong code; returns how many there were. */
export async function countWrongCode(
  db: Queries,
  { account, tokenHash }: FoundAttempt,
): Promise<number> {
  const row = await db
    .updateTable('signInAttempt')
    .set(eb => ({ wrongCodes: eb('wrongCodes', '+', 1) }))
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .returning('wrongCodes')
    .executeTakeFirst()
  return row?.wrongCodes ?? 0
}

/** Takes away an authenticator app's device whose enrolment was begun and never confirmed. */
export async function dropBegunDevice(
  db: Queries,
  account: AccountId,
  { enrolling }: Pick<Attempt, 'enrolling'>,
): Promise<void> {
  if (enrolling === undefined) return
  await db
    .deleteFrom('mfaDevice')
    .where('accountId', '=', account)
    .where('serialNumber', '=', enrolling.serialNumber)
    .where('principalId', 'is', null)
    .execute()
}

/** Sweeps out attempts that took too long, and what they began. */
export async function sweepAttempts(db: Queries, account: AccountId, now: Date): Promise<void> {
  const rows = await db
    .deleteFrom('signInAttempt')
    .where('accountId', '=', account)
    .where('expireDate', '<=', now.getTime())
    .returning('state')
    .execute()
  // Only this file writes the column.
  for (const { state } of rows) await dropBegunDevice(db, account, JSON.parse(state) as Attempt)
}

/** Ends an attempt, and what it began: true for the one caller that may go on to open its session. */
export async function closeAttempt(
  db: Queries,
  { account, tokenHash, version, ...attempt }: FoundAttempt,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('signInAttempt')
    .where('accountId', '=', account)
    .where('tokenHash', '=', tokenHash)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  if (numDeletedRows !== 1n) return false
  await dropBegunDevice(db, account, attempt)
  return true
}
