// How far a device's clock is off, in seconds and in words, for the page on which its owner can set it right.
import { STEP_SECONDS } from './totp.ts'
import type { TotpFormat } from './totp.ts'
import type { PairVerification } from './totp-verification.ts'

/** A pair of codes that was accepted. */
export type ProvedPair = Extract<PairVerification, { readonly outcome: 'proved' }>

/**
 * How many seconds the device's clock is ahead of ours, negative when it is behind; 0 when nothing is wrong with it as far as
 * codes can tell. It is the middle of the step in which the second code was shown, so the truth lies within half a period of
 * it and earlier by what its owner took to type. Up to one period is therefore no drift.
 *
 * It asks for a pair that was proved, because nothing less may be answered: for wrong codes there is nothing to tell, and
 * to search far around for a single one that is not accepted would tell a guesser that it was a code of this device, and
 * of what time.
 * @param now that the pair was verified at, seconds since the epoch
 */
export function clockDriftSeconds(
  { driftSteps }: ProvedPair,
  now: number,
  { periodSeconds = STEP_SECONDS }: TotpFormat = {},
): number {
  const runningStep = Math.floor(now / periodSeconds)
  const middle = (runningStep + driftSteps + 0.5) * periodSeconds
  const seconds = Math.round(middle - now)
  return Math.abs(seconds) <= periodSeconds ? 0 : seconds
}

/** For instance `about 4 minutes behind` or `about 1 hour 30 minutes ahead`; undefined when there is no drift. */
export function clockDriftInWords(driftSeconds: number): string | undefined {
  if (driftSeconds === 0) return undefined
  return `about ${duration(Math.abs(driftSeconds))} ${driftSeconds < 0 ? 'behind' : 'ahead'}`
}

/** No finer than the figure is sure: tens of seconds below two minutes, minutes below 90, quarters of an hour above. */
function duration(seconds: number) {
  if (seconds < 120) return `${Math.max(1, Math.round(seconds / 10))}0 seconds`
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes`
  const quarters = Math.round(seconds / 900)
  const hours = Math.floor(quarters / 4)
  const minutes = (quarters % 4) * 15
  return `${hours} ${hours === 1 ? 'hour' : 'hours'}${minutes === 0 ? '' : ` ${minutes} minutes`}`
}
