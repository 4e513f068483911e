// One code of an entry as it is shown: for which time step, how long it lives, and whether it was shown before.
import { timeStep, totpCode } from '@twinlock/factors'
import type { Entry } from './entry.ts'

export type ShownCode = {
  readonly code: string
  readonly step: number
  readonly validFrom: Date
  readonly validUntil: Date
  /** It was shown before, so that it may be spent: AWS takes a code once. */
  readonly again: boolean
}

/** @param ahead 0 for the running time step, 1 for the next one */
export function codeOf(entry: Entry, now: Date, ahead: number): ShownCode {
  const step = stepAt(entry, now) + ahead
  const { algorithm, digits, periodSeconds } = entry
  return {
    code: totpCode(entry.secret, step, { algorithm, digits }),
    step,
    validFrom: new Date(step * periodSeconds * 1000),
    validUntil: new Date((step + 1) * periodSeconds * 1000),
    again: entry.shownSteps.includes(step),
  }
}

/** The entry, remembering that the step's code was shown; what is past is forgotten. */
export function withShown(entry: Entry, step: number, now: Date): Entry {
  const current = stepAt(entry, now)
  const shownSteps = [...new Set([...entry.shownSteps, step])].filter(shown => shown >= current)
  return { ...entry, shownSteps }
}

/** Whole seconds until `until`, at least one until then. */
export function secondsUntil(until: Date, now: Date) {
  return Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000))
}

function stepAt({ periodSeconds }: Entry, now: Date) {
  return timeStep(now.getTime() / 1000, periodSeconds)
}
