// How often a device may be tried: AWS's fixed windows and the back-off of RFC 4226 §7.3, as functions of the device's state.
import type { TotpProfile, TotpThrottle } from './totp-profiles.ts'
import type { TotpState } from './totp-state.ts'

/** The state with one more verification counted, or undefined when there must be none at `now`. */
export function admit(
  throttle: TotpThrottle,
  state: TotpState,
  now: number,
): TotpState | undefined {
  switch (throttle.kind) {
    case 'fixedWindow':
      return countInWindow(throttle, state, now)
    case 'backOff':
      return isBackingOff(throttle, state, now) ? undefined : state
    default:
      return throttle satisfies never
  }
}

/** Seconds until a verification is admitted again; 0 when it is at `now`. */
export function throttleWaitSeconds(
  { throttle }: Pick<TotpProfile, 'throttle'>,
  state: TotpState,
  now: number,
): number {
  if (admit(throttle, state, now) !== undefined) return 0
  switch (throttle.kind) {
    case 'fixedWindow':
      return (state.window + 1) * throttle.seconds - now
    case 'backOff':
      return (state.lastFailureAt ?? now) + delayAfter(throttle, state.failures) - now
    default:
      return throttle satisfies never
  }
}

/** The state after a verification that proved something. */
export function recordSuccess(state: TotpState): TotpState {
  return { ...state, failures: 0 }
}

/** The state after a verification that proved nothing. */
export function recordFailure(state: TotpState, now: number): TotpState {
  return { ...state, failures: state.failures + 1, lastFailureAt: now }
}

type Throttle<Kind extends TotpThrottle['kind']> = Extract<TotpThrottle, { kind: Kind }>

function countInWindow(throttle: Throttle<'fixedWindow'>, state: TotpState, now: number) {
  const current = Math.floor(now / throttle.seconds)
  // A node whose clock is a little ahead may have begun the next window already. Going back to the previous one with a
  // fresh count would let a caller who alternates between two nodes try twice as often.
  const window = state.window === current + 1 ? state.window : current
  const verifications = window === state.window ? state.verifications : 0
  if (verifications >= throttle.verifications) return undefined
  return { ...state, window, verifications: verifications + 1 }
}

function isBackingOff(throttle: Throttle<'backOff'>, state: TotpState, now: number) {
  const { failures, lastFailureAt } = state
  if (failures === 0 || lastFailureAt === undefined) return false
  const delay = delayAfter(throttle, failures)
  // The distance, not the difference: a failure noted by a clock that was far ahead must not lock the device until then.
  return Math.abs(now - lastFailureAt) < delay
}

const delayAfter = ({ baseSeconds, capSeconds }: Throttle<'backOff'>, failures: number) =>
  Math.min(baseSeconds * 2 ** (failures - 1), capSeconds)
