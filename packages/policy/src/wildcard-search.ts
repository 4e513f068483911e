// Patterns whose runs keep almost matching, in linear time: what follows a `*` is searched for with
// tables made of the pattern, so that no unit of the text is read twice for it. Making the tables
// costs more than nearly every match does, so this is for those that a plain scan is slow on.
import type { Pattern } from './wildcard.ts'

/** `*` and `?` in a pattern: no code unit is negative. */
export const ANY_RUN = -1
export const ANY_ONE = -2

/**
 * Whether the pattern, which has a `*`, matches all of `text` between `start` and `end`. Linear in
 * text and pattern; runs that hold a `?` take text × run, but thirty-two units of the run at once.
 */
export function matchesBySearch(
  pattern: Pattern,
  text: string,
  start: number,
  end: number,
): boolean {
  const [first = [], ...others] = splitAtRuns(pattern)
  const last = others.pop() ?? []
  let from = start + first.length
  const until = end - last.length
  if (from > until || !matchesAt(first, text, start) || !matchesAt(last, text, until)) return false
  for (const run of others) {
    const at = run.includes(ANY_ONE)
      ? findWithAnyOnes(run, text, from, until)
      : findLiteral(run, text, from, until)
    if (at === -1) return false
    from = at + run.length
  }
  return true
}

/** What stands before, between and after the stars. */
function splitAtRuns(pattern: Pattern): Pattern[] {
  const runs: number[][] = [[]]
  for (const code of pattern) {
    if (code === ANY_RUN) runs.push([])
    else runs.at(-1)?.push(code)
  }
  return runs
}

function matchesAt(run: Pattern, text: string, start: number): boolean {
  return run.every((code, at) => code === ANY_ONE || code === text.charCodeAt(start + at))
}

/** Where the run first stands, by Knuth, Morris and Pratt; or -1. */
function findLiteral(run: Pattern, text: string, from: number, until: number): number {
  if (run.length === 0) return from
  const borders = bordersOf(run)
  let matched = 0
  for (let at = from; at < until; at++) {
    const code = text.charCodeAt(at)
    while (matched > 0 && run[matched] !== code) matched = borders[matched - 1] ?? 0
    if (run[matched] === code) matched++
    if (matched === run.length) return at + 1 - matched
  }
  return -1
}

/** Of every beginning of the run: how much of its own beginning it ends with. */
function bordersOf(run: Pattern): Uint32Array {
  const borders = new Uint32Array(run.length)
  let border = 0
  for (let at = 1; at < run.length; at++) {
    while (border > 0 && run[at] !== run[border]) border = borders[border - 1] ?? 0
    if (run[at] === run[border]) border++
    borders[at] = border
  }
  return borders
}

const WORD = 32

/**
 * Where the run first stands, by Baeza-Yates and Gonnet: bit n says whether the text just read ends
 * with the run's first n + 1 units; or -1.
 */
function findWithAnyOnes(run: Pattern, text: string, from: number, until: number): number {
  const masks = masksOf(run)
  const other = masks.get(ANY_ONE) ?? new Uint32Array(0)
  const state = new Uint32Array(other.length)
  const lastBit = 2 ** ((run.length - 1) % WORD)
  for (let at = from; at < until; at++) {
    const mask = masks.get(text.charCodeAt(at)) ?? other
    let carried = 1
    for (let word = 0; word < state.length; word++) {
      const before = state[word] ?? 0
      state[word] = ((before << 1) | carried) & (mask[word] ?? 0)
      carried = before >>> (WORD - 1)
    }
    if (((state.at(-1) ?? 0) & lastBit) !== 0) return at + 1 - run.length
  }
  return -1
}

/** Of every unit in the run the places where it may stand; those of `?` stand for all other units. */
function masksOf(run: Pattern): ReadonlyMap<number, Uint32Array> {
  const anywhere = new Uint32Array(Math.ceil(run.length / WORD))
  for (const [at, code] of run.entries()) if (code === ANY_ONE) allow(anywhere, at)
  const masks = new Map([[ANY_ONE, anywhere]])
  for (const [at, code] of run.entries()) {
    let mask = masks.get(code)
    if (mask === undefined) masks.set(code, (mask = anywhere.slice()))
    allow(mask, at)
  }
  return masks
}

function allow(mask: Uint32Array, at: number) {
  const word = Math.floor(at / WORD)
  mask[word] = (mask[word] ?? 0) | (1 << (at % WORD))
}
