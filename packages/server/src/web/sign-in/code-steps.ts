// The second lock, with codes: one of an authenticator app or a hardware token, or two that set its clock right.
import { clockDriftInWords } from '@twinlock/factors'
import { totpDevice } from '../../authentication/totp-device.ts'
import type { MfaMethod } from '../../authentication/mfa-method.ts'
import { METHOD_OF } from '../../authentication/mfa-method.ts'
import type { MfaProof } from '../../authentication/session-tokens.ts'
import type { FoundAttempt } from '../../authentication/sign-in-attempts.ts'
import { closeAttempt, countWrongCode } from '../../authentication/sign-in-attempts.ts'
import { secondFactorBuckets } from '../../authentication/sign-in-throttle.ts'
import type { SignInPrincipal } from '../../authentication/sign-in-password.ts'
import type { CodeOutcome } from '../../authentication/totp-ledger.ts'
import type { Queries } from '../../store/store.ts'
import type { CodeInput, ResyncInput } from '../api.ts'
import type { Visit, WebParts } from '../visit.ts'
import { authenticationFailed, signInExpired, tooManyAttempts } from '../web-error.ts'
import { noteSecondFactorFailure } from './sign-in-audit.ts'
import type { StepResult } from './steps.ts'
import { offersResync, proceed, stateOf, take, theAttempt } from './steps.ts'

/** More wrong codes end the attempt: the password is asked for again. */
const MOST_WRONG_CODES = 20

/** How long a device that was tried too often rests: AWS's window. */
const DEVICE_RESTS_SECONDS = 180

/** A code of any device of the chosen kind. @throws WebError AuthenticationFailed, TooManyAttempts, SignInExpired */
export async function submitCode(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { method, code }: CodeInput,
): Promise<StepResult> {
  const { attempt } = await theAttempt(parts, visit, token, 'mfa')
  await admitGuess(parts, visit, attempt)
  const { outcome, serialNumber } = await tryDevices(parts, visit, attempt, method, code)
  switch (outcome) {
    case 'proved':
      return proved(parts, visit, attempt, {
        authenticatedAt: Math.floor(visit.now.getTime() / 1000),
        serialNumber,
        method,
      })
    case 'throttled':
      await parts.throttle.giveBack(secondFactorBuckets(attempt.principal.principalId))
      throw tooManyAttempts(DEVICE_RESTS_SECONDS)
    case 'wrong':
    case 'spent':
      return refuse(parts, visit, attempt, { method })
    default:
      return outcome satisfies never
  }
}

/** Counts a guess at a second factor. @throws WebError TooManyAttempts */
export async function admitGuess(
  { throttle }: WebParts,
  { now }: Visit,
  { principal }: FoundAttempt,
): Promise<void> {
  const wait = await throttle.admit(secondFactorBuckets(principal.principalId), now)
  if (wait > 0) throw tooManyAttempts(wait)
}

/** The second lock is open. */
export async function proved(
  parts: WebParts,
  visit: Visit,
  attempt: FoundAttempt,
  mfa: MfaProof,
): Promise<StepResult> {
  const advanced = await parts.store.transaction(tx => take(tx, attempt, { mfa }))
  await parts.throttle.forgive(secondFactorBuckets(attempt.principal.principalId))
  return proceed(parts, visit, advanced)
}

/** Counts what proved nothing. @throws WebError AuthenticationFailed, always */
export async function refuse(
  parts: WebParts,
  visit: Visit,
  attempt: FoundAttempt,
  facts: { readonly method: MfaMethod; readonly clonedDevice?: string },
): Promise<never> {
  await noteSecondFactorFailure(parts, visit, attempt, facts)
  const wrongCodes = await parts.store.transaction(async tx => {
    const counted = await countWrongCode(tx, attempt)
    if (counted >= MOST_WRONG_CODES) await closeAttempt(tx, attempt)
    return counted
  })
  if (wrongCodes >= MOST_WRONG_CODES) throw signInExpired()
  const offer = facts.method !== 'security-key' && offersResync({ wrongCodes })
  throw authenticationFailed(offer ? { offerResync: true } : {})
}

type Tried = { readonly outcome: CodeOutcome; readonly serialNumber: string }

/** Tries the devices of a kind, one after another, until one proves. */
async function tryDevices(
  { store, house }: WebParts,
  { now }: Visit,
  { principal }: FoundAttempt,
  method: MfaMethod,
  code: string,
): Promise<Tried> {
  let tried: Tried | undefined
  for (const row of await selectDevices(store.db, principal)) {
    const device = totpDevice(house.keyring, principal.account, row)
    if (device === undefined || METHOD_OF[row.kind] !== method) continue
    const outcome = await house.totp.verifyCode(device, code, now)
    if (outcome === 'proved') return { outcome, serialNumber: row.serialNumber }
    // A device that rests says nothing of the code; one that judged it does.
    if (tried === undefined || tried.outcome === 'throttled') {
      tried = { outcome, serialNumber: row.serialNumber }
    }
  }
  return tried ?? { outcome: 'wrong', serialNumber: '' }
}

/**
 * Two consecutive codes, which tell how far the device's clock is off. They sign nobody in: the search for them is too wide, and
 * the next code is asked for.
 */
export async function submitResync(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { serialNumber, code1, code2 }: ResyncInput,
): Promise<StepResult> {
  const { attempt, facts } = await theAttempt(parts, visit, token, 'mfa')
  const { store, house, throttle } = parts
  const { principal } = attempt
  const rows = await selectDevices(store.db, principal)
  const row = rows.find(device => device.serialNumber === serialNumber)
  const device = row && totpDevice(house.keyring, principal.account, row)
  if (row === undefined || device === undefined) throw authenticationFailed()
  await admitGuess(parts, visit, attempt)
  const pair = await store.transaction(tx =>
    house.totp.verifyPair(tx, device, [code1, code2], visit.now),
  )
  switch (pair.outcome) {
    case 'proved': {
      await throttle.forgive(secondFactorBuckets(principal.principalId))
      const { clockDriftSeconds } = pair
      const inWords = clockDriftInWords(clockDriftSeconds)
      const resynced = { clockDriftSeconds, ...(inWords !== undefined && { inWords }) }
      const state = stateOf('mfa', { ...attempt, wrongCodes: 0 }, facts)
      return { state: state.state === 'mfa' ? { ...state, resynced } : state, cookies: {} }
    }
    case 'throttled':
      await throttle.giveBack(secondFactorBuckets(principal.principalId))
      throw tooManyAttempts(DEVICE_RESTS_SECONDS)
    case 'wrong':
      return refuse(parts, visit, attempt, { method: METHOD_OF[row.kind] })
    default:
      return pair satisfies never
  }
}

function selectDevices(db: Queries, { account, principalId }: SignInPrincipal) {
  return db
    .selectFrom('mfaDevice')
    .select(['serialNumber', 'kind', 'sealedSeed', 'totpFormat', 'validFrom', 'validUntil'])
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .orderBy('serialNumber')
    .execute()
}
