// How fast something may be guessed at: the arithmetic of one count, which throttle.ts keeps. After some wrong guesses the next one
// waits, twice as long each time, and for every longest wait that passes one guess is forgotten. No pause wins more than that: were
// all forgotten at once, an hour's rest would give every free guess anew.

/** Figures of one kind of count. */
export type GuessLimits = {
  /** Wrong guesses that cost no wait: typing errors. */
  readonly freeGuesses: number
  /** Waits are 1, 2, 4, … seconds, at most this. */
  readonly longestWaitSeconds: number
}

/** No limits may have a longer wait: by then a count is forgotten (`throttle.ts`), and would no longer bind. */
export const LONGEST_WAIT_SECONDS = 3600

export type GuessCount = {
  readonly failures: number
  /** Milliseconds since the epoch. */
  readonly lastFailureDate: number
}

/** Wrong guesses that still count. */
export function remembered(limits: GuessLimits, count: GuessCount, at: number): number {
  const forgotten = Math.floor(distanceSeconds(count, at) / limits.longestWaitSeconds)
  return Math.max(0, count.failures - forgotten)
}

/** Seconds that are left until the next guess may be judged; 0 when it may. */
export function waitSeconds(limits: GuessLimits, count: GuessCount, at: number): number {
  const { freeGuesses, longestWaitSeconds } = limits
  const failures = remembered(limits, count, at)
  if (failures <= freeGuesses) return 0
  const wait = Math.min(2 ** (failures - freeGuesses - 1), longestWaitSeconds)
  if (distanceSeconds(count, at) >= wait) return 0
  return Math.ceil((count.lastFailureDate - at) / 1000 + wait)
}

/**
 * The most guesses that any attacker gets judged in a time, whatever the pauses: those that fit beneath the longest wait, and one for each
 * that passes.
 */
export function mostGuesses(
  { freeGuesses, longestWaitSeconds }: GuessLimits,
  seconds: number,
): number {
  const doublings = Math.ceil(Math.log2(longestWaitSeconds))
  return freeGuesses + 1 + doublings + Math.floor(seconds / longestWaitSeconds)
}

/** The distance, so that a clock that was ahead locks nobody out. */
const distanceSeconds = ({ lastFailureDate }: GuessCount, at: number) =>
  Math.abs(at - lastFailureDate) / 1000
