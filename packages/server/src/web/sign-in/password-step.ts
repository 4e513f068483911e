// The first step: a name and a password. Everything that can be wrong gets the same answer, after the same work.
import { findKnownBrowser } from '../../authentication/known-browsers.ts'
import { MOST_WITH_STRANGERS, hashFor } from '../../authentication/password-hashing.ts'
import { passwordMark } from '../../authentication/password-mark.ts'
import { findAttempt, openAttempt } from '../../authentication/sign-in-attempts.ts'
import type {
  FoundName,
  SignInName,
  SignInPrincipal,
} from '../../authentication/sign-in-password.ts'
import { findSignInName, isPasswordOf } from '../../authentication/sign-in-password.ts'
import type { GuessedFrom } from '../../authentication/sign-in-throttle.ts'
import { passwordBuckets } from '../../authentication/sign-in-throttle.ts'
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
  const from = {
    address: visit.connection.sourceIp,
    knownBrowser: knownBrowserOf(parts, visit, found, knownBrowser),
  }
  const { ofUser, ofPlace } = passwordBuckets(house.keyring, name, found, from)
  const admission = await throttle.admit([...ofUser, ...ofPlace], visit.now)
  if (admission.outcome === 'wait') throw tooManyAttempts(admission.seconds)

  const holder = ofUser.map(({ name: bucket }) => bucket).join(', ')
  const most = from.knownBrowser === undefined ? MOST_WITH_STRANGERS : undefined
  // Guesses that count together wait for each other, and for nobody else's.
  const judging = hashFor(holder, ({ verify }) => isPasswordOf(found, password, verify), most)
  const proved = await judging.catch(async (error: unknown) => {
    // Too busy to judge it.
    await throttle.giveBack(admission.guess)
    throw error
  })
  const { principal, passwordHash } = found
  if (!proved || principal === undefined || passwordHash === undefined) {
    await notePasswordFailure(parts, visit, found, returnTo)
    throw authenticationFailed()
  }
  await throttle.giveBack(admission.guess)
  await throttle.forgive(ofUser)
  return begin(parts, visit, { principal, passwordHash, returnTo, from })
}

async function begin(
  parts: WebParts,
  visit: Visit,
  proved: {
    readonly principal: SignInPrincipal
    readonly passwordHash: string
    readonly returnTo: string
    readonly from: GuessedFrom
  },
): Promise<StepResult> {
  const { store, house } = parts
  const { principal, passwordHash, returnTo, from } = proved
  const devices = await devicesOf(store.db, principal)
  if (devices.length > 0) await noteMfaAsked(parts, visit, principal, devices)
  else if (principal.kind === 'root') await startGrace(parts, visit, principal)
  const { knownBrowser } = from
  const opened = {
    principal,
    passwordMark: passwordMark(passwordHash),
    returnTo,
    ...(knownBrowser !== undefined && { knownBrowser }),
  }
  const token = await store.transaction(tx => openAttempt(tx, opened, house.random, visit.now))
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
  { principal, passwordHash }: FoundName,
  token: string | undefined,
): string | undefined {
  if (token === undefined || principal === undefined || passwordHash === undefined) return undefined
  const { account, principalId } = principal
  const owner = { account, principalId, passwordMark: passwordMark(passwordHash) }
  return findKnownBrowser(house.keyring, owner, token, now)
}
