// What must be remembered of a TOTP device between two verifications, and how it remembers spent steps.
import { timeStep } from './totp.ts'
import type { TotpFormat } from './totp.ts'
import type { TotpProfile } from './totp-profiles.ts'

/**
 * A device's memory: plain data that the caller stores with the device, reads under a lock, and writes back in the
 * transaction that grants what was proved. It holds no secret. It outlives deactivation: AWS refuses an old pair even then.
 */
export type TotpState = {
  /** How many steps the device's clock was ahead of ours at the last pair; negative when behind. */
  readonly driftSteps: number
  /** Steps already used, oldest first. */
  readonly spentSteps: readonly number[]
  /** The second step of the last accepted pair. */
  readonly lastPairStep?: number
  /** Number of the throttle's window, counted from the epoch, in which verifications are being counted. */
  readonly window: number
  /** Verifications in that window. */
  readonly verifications: number
  /** This step and every older one is refused. */
  readonly highWaterStep?: number
  /** Failures since the last success. */
  readonly failures: number
  /** When the last failure was, in seconds since the epoch. */
  readonly lastFailureAt?: number
}

/** The state of a device that has never been used. */
export const freshTotpState: TotpState = {
  driftSteps: 0,
  spentSteps: [],
  window: 0,
  verifications: 0,
  failures: 0,
}

/**
 * The state of a device whose seed was replaced: it forgets steps and drift, which belong to the old seed, but not the
 * throttle, which on AWS belongs to the serial number. Otherwise a new device would be a way around it.
 */
export function reseededTotpState(state: TotpState): TotpState {
  const { window, verifications, failures, lastFailureAt } = state
  const throttled = { ...freshTotpState, window, verifications, failures }
  return lastFailureAt === undefined ? throttled : { ...throttled, lastFailureAt }
}

/** The step that the device shows at `now`, by what is known of its clock. */
export function adjustedStep(
  state: TotpState,
  now: number,
  { periodSeconds }: TotpFormat = {},
): number {
  return timeStep(now, periodSeconds) + state.driftSteps
}

/** Whether the step was used before, or may have been. */
export function isSpent(state: TotpState, step: number): boolean {
  return step <= (state.highWaterStep ?? -1) || state.spentSteps.includes(step)
}

/**
 * The state in which `step` is dead.
 *
 * INVARIANT: a spent step stays dead, whatever pairs or clocks do later. A pair may move the clock back, yet by no more
 * than `pairStepsBehind`, and only once for the same ground, since each pair must be newer than the last; so steps older
 * than that and the window need not be listed. When one is dropped from the list all the same, the high-water mark
 * rises to it: nothing that was forgotten can come back, even if our own clock is set back.
 */
export function spend(
  profile: TotpProfile,
  state: TotpState,
  step: number,
  now: number,
  format?: TotpFormat,
): TotpState {
  if (profile.spends === 'upToStep') return spendUpTo(state, step)

  const { pairStepsBehind, stepsBehind, stepsAhead } = profile
  const oldestReachable = adjustedStep(state, now, format) - pairStepsBehind - stepsBehind
  const mostRemembered = pairStepsBehind + stepsBehind + 1 + stepsAhead

  const spentSteps = [...state.spentSteps, step].toSorted((a, b) => a - b)
  const remembered = spentSteps.filter(spent => spent >= oldestReachable).slice(-mostRemembered)
  const newestForgotten = spentSteps.at(-remembered.length - 1)
  return newestForgotten === undefined
    ? { ...state, spentSteps: remembered }
    : spendUpTo({ ...state, spentSteps: remembered }, newestForgotten)
}

/** The state in which `step` and every older one is dead. */
export function spendUpTo(state: TotpState, step: number): TotpState {
  const highWaterStep = Math.max(step, state.highWaterStep ?? step)
  const spentSteps = state.spentSteps.filter(spent => spent > highWaterStep)
  return { ...state, spentSteps, highWaterStep }
}
