// A failure that lasts, told so that it can be read: whole at first, then once a minute with how often it came again, and when it is over.
import type { Clock } from './clock.ts'

export type LastingFailure = {
  readonly failed: (error: unknown) => void
  readonly worked: () => void
  /** The last try failed: nothing comes after it. */
  readonly gaveUp: (error: unknown) => void
}

const TELL_EVERY_MS = 60_000

/**
 * @param work what fails, as the subject of a sentence
 * @param tell takes what is to be read, mostly a line
 */
export function lastingFailure(
  work: string,
  clock: Clock,
  tell: (text: string) => void,
): LastingFailure {
  let lasting: { readonly since: number; toldAt: number; times: number } | undefined

  return {
    failed(error) {
      const now = clock.now().getTime()
      if (lasting === undefined) {
        lasting = { since: now, toldAt: now, times: 1 }
        tell(`${work} failed: ${wholeOf(error)}`)
        return
      }
      lasting.times++
      if (now - lasting.toldAt < TELL_EVERY_MS) return
      lasting.toldAt = now
      const seconds = secondsBetween(lasting.since, now)
      tell(`${work} still fails, ${lasting.times} times in ${seconds} s: ${lineOf(error)}`)
    },

    worked() {
      if (lasting === undefined) return
      const seconds = secondsBetween(lasting.since, clock.now().getTime())
      tell(`${work} works again, after it failed ${lasting.times} times in ${seconds} s`)
      lasting = undefined
    },

    gaveUp: error => tell(`${work} failed at the end: ${wholeOf(error)}`),
  }
}

const secondsBetween = (from: number, to: number) => Math.round((to - from) / 1000)

/** Of an error only its stack: the details that a database adds may repeat a row. */
const wholeOf = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/** An error that stands for several has no message. */
const lineOf = (error: unknown) =>
  error instanceof Error ? error.message || error.name : String(error)
