// The clock by which the demo's past is played: it stands, and goes on when it is turned.
import type { open } from '@twinlock/server'

type Clock = NonNullable<Parameters<typeof open>[1]>

export type TurnedClock = Clock & {
  /** Goes on to that many days before today, and never back. */
  readonly turnTo: (daysAgo: number) => void
  /** Goes on a little: every device shows another code. */
  readonly pass: () => void
}

const MS_PER_DAY = 86_400_000
const A_LITTLE_MS = 150_000

export function turnedClock(today: Date, daysAgo: number): TurnedClock {
  const dayBefore = (days: number) => today.getTime() - days * MS_PER_DAY
  let now = dayBefore(daysAgo)
  const pass = () => void (now += A_LITTLE_MS)
  return {
    now: () => new Date(now),
    pass,
    turnTo(days) {
      pass()
      now = Math.max(now, dayBefore(days))
    },
  }
}
