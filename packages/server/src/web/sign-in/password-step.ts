// The first step: a name and a password. Everything that can be wrong gets the same answer, after the same work.
import { findKnownBrowser } from '../../authentication/known-browsers.ts'
import { passwordMark } from '../../authentication/password-mark.ts'
import { findAttempt, openAttempt } from '../../authentication/sign-in-attempts.ts'
import type {
  FoundName,
  SignInName,
  SignInPrincipal,
} from '../../authentication/sign-in-password.ts'
import { findSignInName, isPasswordOf } from '../../authentication/sign-in-password.ts'
import { passwordBuckets } from '../../authentication/sign-in-throttle.ts'
import type { Bucket } from '../../authentication/throttle.ts'
import type { Visit, WebParts } from '../visit.ts'
import { authenticationFailed, signInExpired, tooManyAttempts } from '../web-error.ts'
import { devicesOf } from './attempt-facts.ts'
import { noteMfaAsked, notePasswordFailure } from './sign-in-audit.ts'
import type { StepResult } from './steps.ts'
import { proceed } from './steps.ts'

export type PresentedPassword = {
  readonly name: SignInName
  readonly password: string
  readonly returnTo: string
  /** The cookie of a browser that signed in before. */
  readonly knownBrowser: string | undefined
}

/** @throws WebError AuthenticationFailed, TooManyAttempts */
export async function submitPassword(
  parts: WebParts,
  visit: Visit,
  { name, password, returnTo, knownBrowser }: PresentedPassword,
): Promise<StepResult> {
  const { store, throttle, house } = parts
  const found = await findSignInName(store.db, name)
  const buckets = passwordBuckets(
    house.keyring,
    name,
    found,
    visit.connection.sourceIp,
    knownBrowserOf(parts, visit, found, knownBrowser),
  )
  const wait = await throttle.admit(buckets, visit.now)
  if (wait > 0) throw tooManyAttempts(wait)

  const proved = await isPasswordOf(found, password, parts.verifyPassword).catch(
    async (error: unknown) => {
      // Too busy to judge it.
      await throttle.giveBack(buckets)
      throw error
    },
  )
  const { principal, passwordHash } = found
  if (!proved || principal === undefined || passwordHash === undefined) {
    await notePasswordFailure(parts, visit, found, returnTo)
    throw authenticationFailed()
  }
  await settle(parts, buckets)
  return begin(parts, visit, { principal, passwordHash, returnTo })
}

/** A right password clears the user's own count. From its address it clears but itself, or an owner of one account could guess at all others for ever. */
async function settle({ throttle }: WebParts, buckets: readonly Bucket[]): Promise<void> {
  const [own, ...others] = buckets
  if (own !== undefined) await throttle.forgive([own])
  if (others.length > 0) await throttle.giveBack(others)
}

async function begin(
  parts: WebParts,
  visit: Visit,
  proved: {
    readonly principal: SignInPrincipal
    readonly passwordHash: string
    readonly returnTo: string
  },
): Promise<StepResult> {
  const { store, house } = parts
  const { principal, passwordHash, returnTo } = proved
  const devices = await devicesOf(store.db, principal)
  if (devices.length > 0) await noteMfaAsked(parts, visit, principal, devices)
  else if (principal.kind === 'root') await startGrace(parts, visit, principal)
  const mark = passwordMark(passwordHash)
  const token = await store.transaction(tx =>
    openAttempt(tx, { principal, passwordMark: mark, returnTo }, house.random, visit.now),
  )
  const attempt = await findAttempt(store.db, token, visit.now)
  if (attempt === undefined) throw signInExpired()
  const { state, cookies } = await proceed(parts, visit, attempt)
  return { state, cookies: { attempt: token, ...cookies } }
}

/** Root's grace begins with its first sign-in without a device. */
async function startGrace({ store }: WebParts, { now }: Visit, { account }: SignInPrincipal) {
  await store.transaction(tx =>
    tx
      .updateTable('account')
      .set({ rootFirstSignInWithoutMfa: now.getTime() })
      .where('accountId', '=', account)
      .where('rootFirstSignInWithoutMfa', 'is', null)
      .execute(),
  )
}

/** Nobody's browser is looked up like somebody's. */
function knownBrowserOf(
  { house }: WebParts,
  { now }: Visit,
  { principal }: FoundName,
  token: string | undefined,
): string | undefined {
  if (token === undefined || principal === undefined) return undefined
  return findKnownBrowser(house.keyring, principal.account, principal.principalId, token, now)
}
