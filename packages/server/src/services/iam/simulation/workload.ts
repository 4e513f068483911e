// How much one request may ask for. A simulation takes texts of any length for policies and for what they are held against:
// what AWS stores is short, what a caller makes up need not be.
import { setImmediate } from 'node:timers/promises'
import type { Decision } from './decide.ts'

/** Of all policies together: twice the longest document, and more than most accounts have. */
export const MOST_CHARACTERS = 262_144

/** What was done so far: character comparisons at worst, and entries of the answer. */
export type Workload = { readonly comparisons: number; readonly entries: number }

export const NO_WORK: Workload = { comparisons: 0, entries: 0 }

export const together = (one: Workload, other: Workload): Workload => ({
  comparisons: one.comparisons + other.comparisons,
  entries: one.entries + other.entries,
})

/** A page that has come so far ends; one action that has come so far alone is refused. */
const MOST: Workload = { comparisons: 1_000_000_000, entries: 5000 }

export const isFull = ({ comparisons, entries }: Workload) =>
  comparisons >= MOST.comparisons || entries >= MOST.entries

/** In one turn of the event loop: some hundredths of a second. */
const MOST_AT_ONCE = 20_000_000

/** Whether one decision alone would hold everybody else up. */
export const isTooLong = (comparisons: number) => comparisons > MOST_AT_ONCE

/** Characters that count as one entry. Names of condition keys may be as long as a document. */
const ENTRY_CHARACTERS = 256

/** What names put into the answer. */
export const entriesOfNames = (names: readonly string[]) =>
  names.reduce((sum, { length }) => sum + 1 + Math.floor(length / ENTRY_CHARACTERS), 0)

/** What a decision puts into the answer. */
export const entriesOf = ({ statements, maySupplyMore }: Decision, ofMissingKeys: number) =>
  1 + statements.length + (maySupplyMore ? ofMissingKeys : 0)

/** Lets everybody else have a turn of the event loop. */
export const giveWay = () => setImmediate()
