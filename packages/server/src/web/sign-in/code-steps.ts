// The second lock, with codes: one of an authenticator app or a hardware token, or two that set its clock right.
import { clockDriftInWords } from '@twinlock/factors'
import type { MfaMethod } from '../../authentication/mfa-method.ts'
import { METHOD_OF } from '../../authentication/mfa-method.ts'
import type { MfaProof } from '../../authentication/session-tokens.ts'
import type { FoundAttempt } from '../../authentication/sign-in-attempts.ts'
import { closeAttempt, countWrongCode } from '../../authentication/sign-in-attempts.ts'
import { codeBuckets } from '../../authentication/sign-in-throttle.ts'
import type { CountedGuess } from '../../authentication/throttle.ts'
import { totpDevice } from '../../authentication/totp-device.ts'
import type { CodeOutcome, TotpDevice } from '../../authentication/totp-ledger.ts'
import type { CodeInput, ResyncInput } from '../api.ts'
import type { Visit, WebParts } from '../visit.ts'
import { authenticationFailed, signInExpired, tooManyAttempts } from '../web-error.ts'
import type { SecondFactorFailure } from './sign-in-audit.ts'
import { noteSecondFactorFailure } from './sign-in-audit.ts'
import type { StepResult } from './steps.ts'
import { offersResync, proceed, stateOf, take, theAttempt } from './steps.ts'

/** More wrong codes end the attempt: the password is asked for again. */
const MOST_WRONG_CODES = 20

/** A code of any device of the chosen kind. @throws WebError AuthenticationFailed, TooManyAttempts, SignInExpired */
export async function submitCode(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { method, code }: CodeInput,
): Promise<StepResult> {
  const { attempt } = await theAttempt(parts, visit, token, 'mfa')
  const guess = await admitCode(parts, visit, attempt)
  const devices = (await codeDevices(parts, attempt)).filter(device => device.method === method)
  const { outcome, serialNumber } = await tryDevices(parts, visit, devices, code)
  switch (outcome) {
    case 'proved':
      return proved(parts, visit, attempt, {
        authenticatedAt: Math.floor(visit.now.getTime() / 1000),
        serialNumber,
        method,
      })
    case 'throttled':
      return rest(parts, visit, guess, devices)
    case 'wrong':
    case 'spent':
      return refuse(parts, visit, attempt, { method })
    default:
      return outcome satisfies never
  }
}

/** Counts a guess at a code. @throws WebError TooManyAttempts */
export async function admitCode(
  { throttle }: WebParts,
  visit: Visit,
  attempt: FoundAttempt,
): Promise<CountedGuess> {
  const admission = await throttle.admit(bucketsOf(visit, attempt), visit.now)
  if (admission.outcome === 'wait') throw tooManyAttempts(admission.seconds)
  return admission.guess
}

/** A code was right. */
export const forgiveCodes = ({ throttle }: WebParts, visit: Visit, attempt: FoundAttempt) =>
  throttle.forgive(bucketsOf(visit, attempt))

const bucketsOf = ({ connection }: Visit, { principal, knownBrowser }: FoundAttempt) =>
  codeBuckets(principal.principalId, { address: connection.sourceIp, knownBrowser })

/** The devices were tried too often, and judged nothing. @throws WebError TooManyAttempts, always */
async function rest(
  { throttle, house }: WebParts,
  { now }: Visit,
  guess: CountedGuess,
  devices: readonly TotpDevice[],
): Promise<never> {
  await throttle.giveBack(guess)
  // Their window may have ended since.
  throw tooManyAttempts(Math.max(1, await house.totp.waitSeconds(devices, now)))
}

/** The second lock is open. */
export async function proved(
  parts: WebParts,
  visit: Visit,
  attempt: FoundAttempt,
  mfa: MfaProof,
): Promise<StepResult> {
  const advanced = await parts.store.transaction(tx => take(tx, attempt, { mfa }))
  // A key says nothing of who guessed codes.
  if (mfa.method !== 'security-key') await forgiveCodes(parts, visit, attempt)
  return proceed(parts, visit, advanced)
}

/** Counts what proved nothing. @throws WebError AuthenticationFailed, always */
export async function refuse(
  parts: WebParts,
  visit: Visit,
  attempt: FoundAttempt,
  facts: SecondFactorFailure,
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

/** Tries the devices, one after another, until one proves. */
async function tryDevices(
  { house }: WebParts,
  { now }: Visit,
  devices: readonly TotpDevice[],
  code: string,
): Promise<Tried> {
  let tried: Tried | undefined
  for (const device of devices) {
    const { serialNumber } = device
    const outcome = await house.totp.verifyCode(device, code, now)
    if (outcome === 'proved') return { outcome, serialNumber }
    // A device that rests says nothing of the code; one that judged it does.
    if (tried === undefined || tried.outcome === 'throttled') tried = { outcome, serialNumber }
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
  const { store, house } = parts
  const devices = await codeDevices(parts, attempt)
  const device = devices.find(own => own.serialNumber === serialNumber)
  if (device === undefined) throw authenticationFailed()
  const guess = await admitCode(parts, visit, attempt)
  const pair = await store.transaction(tx =>
    house.totp.verifyPair(tx, device, [code1, code2], visit.now),
  )
  switch (pair.outcome) {
    case 'proved': {
      await forgiveCodes(parts, visit, attempt)
      const { clockDriftSeconds } = pair
      const inWords = clockDriftInWords(clockDriftSeconds)
      const resynced = { clockDriftSeconds, ...(inWords !== undefined && { inWords }) }
      const state = stateOf('mfa', { ...attempt, wrongCodes: 0 }, facts)
      return { state: state.state === 'mfa' ? { ...state, resynced } : state, cookies: {} }
    }
    case 'throttled':
      return rest(parts, visit, guess, [device])
    case 'wrong':
      return refuse(parts, visit, attempt, { method: device.method })
    default:
      return pair satisfies never
  }
}

type CodeDevice = TotpDevice & { readonly method: MfaMethod }

/** Whoever signs in has these; security keys are not among them. */
async function codeDevices(
  { store, house }: WebParts,
  { principal: { account, principalId } }: FoundAttempt,
): Promise<readonly CodeDevice[]> {
  const rows = await store.db
    .selectFrom('mfaDevice')
    .select(['serialNumber', 'kind', 'sealedSeed', 'totpFormat', 'validFrom', 'validUntil'])
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .orderBy('serialNumber')
    .execute()
  return rows.flatMap(row => {
    const device = totpDevice(house.keyring, account, row)
    return device === undefined ? [] : [{ ...device, method: METHOD_OF[row.kind] }]
  })
}
