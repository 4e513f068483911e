// Judging codes: one as STS asks for it, or a consecutive pair as EnableMFADevice and ResyncMFADevice do.
// Pure functions of a device's state. RFC 6238 §5.2 and §6 say what to check; the profile says how much.
import { equalInConstantTime } from './constant-time.ts'
import { timeStep, totpCode } from './totp.ts'
import type { TotpFormat, TotpSecret } from './totp.ts'
import type { TotpProfile } from './totp-profiles.ts'
import { adjustedStep, isSpent, spend, spendUpTo } from './totp-state.ts'
import type { TotpState } from './totp-state.ts'
import { admit, recordFailure, recordSuccess } from './totp-throttle.ts'

/**
 * What a code came to. The state must be stored whatever the outcome: it counts failures too. A caller from outside must
 * not learn `spent` from `wrong`.
 */
export type CodeVerification =
  | { readonly outcome: 'proved'; readonly step: number; readonly state: TotpState }
  | { readonly outcome: 'wrong' | 'spent' | 'throttled'; readonly state: TotpState }

/** What a pair of codes came to. The state must be stored whatever the outcome. */
export type PairVerification =
  | { readonly outcome: 'proved'; readonly driftSteps: number; readonly state: TotpState }
  | { readonly outcome: 'wrong' | 'throttled'; readonly state: TotpState }

/**
 * Verifies one code. A `proved` step is spent in the state returned, so the same state proves it no second time.
 * Every step of the window is computed and compared, so that the time taken does not tell which one matched.
 * @param now seconds since the epoch
 * @param format of the device's codes, when it is no virtual device of AWS's kind; windows stay in steps, whatever they last
 */
export function verifyCode(
  profile: TotpProfile,
  secret: TotpSecret,
  state: TotpState,
  code: string,
  now: number,
  format: TotpFormat = {},
): CodeVerification {
  const admitted = admit(profile.throttle, state, now)
  if (admitted === undefined) return { outcome: 'throttled', state }

  const matching = isCode(code, format)
    ? matchingSteps(profile, { secret, format }, state, code, now)
    : []
  const step = matching.find(candidate => !isSpent(state, candidate))
  if (step === undefined) {
    const outcome = matching.length > 0 ? 'spent' : 'wrong'
    return { outcome, state: recordFailure(admitted, now) }
  }
  const spent = spend(profile, recordSuccess(admitted), step, now, format)
  return { outcome: 'proved', step, state: spent }
}

/**
 * Verifies two codes of consecutive steps, the older first, and learns from them how far the device's clock is off.
 * The second is searched around the device's adjusted clock, as AWS does it, so that a device whose drift grows can be
 * followed. Both steps must be newer than those of the last pair.
 * @param now seconds since the epoch
 * @param format of the device's codes, when it is no virtual device of AWS's kind
 */
export function verifyPair(
  profile: TotpProfile,
  secret: TotpSecret,
  state: TotpState,
  code1: string,
  code2: string,
  now: number,
  format: TotpFormat = {},
): PairVerification {
  const admitted = admit(profile.throttle, state, now)
  if (admitted === undefined) return { outcome: 'throttled', state }

  const wellFormed = isCode(code1, format) && isCode(code2, format)
  const step = wellFormed
    ? findPair(profile, { secret, format }, state, [code1, code2], now)
    : undefined
  if (step === undefined) return { outcome: 'wrong', state: recordFailure(admitted, now) }

  const driftSteps = step - timeStep(now, format.periodSeconds)
  const paired = { ...recordSuccess(admitted), driftSteps, lastPairStep: step }
  const spent = profile.spends === 'upToStep' ? spendUpTo(paired, step) : paired
  return { outcome: 'proved', driftSteps, state: spent }
}

/** What makes a device's codes. */
type CodeSource = { readonly secret: TotpSecret; readonly format: TotpFormat }

const CODE = { 6: /^\d{6}$/, 7: /^\d{7}$/, 8: /^\d{8}$/ } as const

function isCode(text: string, { digits = 6 }: TotpFormat) {
  return CODE[digits].test(text)
}

/** The steps of the window whose code this is: none, one, or by a rare chance several. */
function matchingSteps(
  { stepsBehind, stepsAhead }: TotpProfile,
  { secret, format }: CodeSource,
  state: TotpState,
  code: string,
  now: number,
) {
  const clock = adjustedStep(state, now, format)
  return stepsBetween(clock - stepsBehind, clock + stepsAhead).filter(step =>
    equalInConstantTime(totpCode(secret, step, format), code),
  )
}

/** The step of the second code, or undefined. The whole range is computed and compared, wherever the pair lies. */
function findPair(
  profile: TotpProfile,
  { secret, format }: CodeSource,
  state: TotpState,
  [code1, code2]: readonly [string, string],
  now: number,
) {
  const clock = adjustedStep(state, now, format)
  const from = clock - profile.pairStepsBehind - 1
  const codes = stepsBetween(from, clock + profile.pairStepsAhead).map(step => {
    const code = totpCode(secret, step, format)
    return {
      step,
      isFirst: equalInConstantTime(code, code1),
      isSecond: equalInConstantTime(code, code2),
    }
  })
  const oldestUsable = oldestStepForPair(profile, state)
  return codes.find(
    ({ step, isSecond }, index) => isSecond && codes[index - 1]?.isFirst && step > oldestUsable,
  )?.step
}

/** The oldest step that may begin a pair. */
function oldestStepForPair(
  { spends }: TotpProfile,
  { lastPairStep = -1, highWaterStep = -1 }: TotpState,
) {
  return 1 + (spends === 'upToStep' ? Math.max(lastPairStep, highWaterStep) : lastPairStep)
}

/** Both ends included; there are no steps before the epoch. */
function stepsBetween(first: number, last: number) {
  const start = Math.max(0, first)
  return Array.from({ length: Math.max(0, last - start + 1) }, (_, index) => start + index)
}
