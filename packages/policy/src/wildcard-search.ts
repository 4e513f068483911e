// Patterns whose runs keep almost matching, in linear time: what follows a `*` is searched for with
// tables made of the pattern, so that no unit of the text is read twice for it. Making the tables
// costs more than nearly every match does, so this is for those that a plain scan is slow on.
import type { Pattern } from './wildcard.ts'

/** `*` and `?` in a pattern: no code unit is negative. */
export const ANY_RUN = -1
export const ANY_ONE = -2

/**
 * Whether the pattern, which has a `*`, matches all of `text` between `start` and `end`. Linear in
 * text and pattern; runs that hold a `?` take text × the pieces that their `?` make of them, or, if
 * that is less, text × run, but thirty-two units of the run at once. The `?` are in the policy:
 * however long a value a request brings for a variable, it makes no pieces.
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
    if (until - from < run.length) return false
    const at = findRun(run, text, from, until)
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

/** Where the run, which has no `*`, first stands, or -1: linear in it and in what lies before it. */
export function findRun(run: Pattern, text: string, from: number, until: number): number {
  if (!run.includes(ANY_ONE)) return findLiteral(run, text, from, until)
  const pieces = piecesOf(run)
  const words = run.length / WORD
  // A piece costs as much per unit of text as some words do; words take memory for each other unit.
  return pieces.length * WORDS_PER_PIECE < words || new Set(run).size * words > MOST_MASK_WORDS
    ? findByPieces(run, pieces, { text, from, until })
    : findByBits(run, text, from, until)
}

/** What stands between the `?` of a run, and how far from its beginning. */
type Piece = { readonly offset: number; readonly units: Pattern }

function piecesOf(run: Pattern): readonly Piece[] {
  const pieces: Piece[] = []
  let offset = 0
  for (let at = 0; at <= run.length; at++) {
    if (at < run.length && run[at] !== ANY_ONE) continue
    if (at > offset) pieces.push({ offset, units: run.slice(offset, at) })
    offset = at + 1
  }
  return pieces
}

function findLiteral(run: Pattern, text: string, from: number, until: number): number {
  if (run.length === 0) return from
  for (const at of placesOf(run, text, from, until)) return at
  return -1
}

type Stretch = { readonly text: string; readonly from: number; readonly until: number }

/** In stretches in which the run can begin at as many places as it has units. */
function findByPieces(
  run: Pattern,
  pieces: readonly Piece[],
  { text, from, until }: Stretch,
): number {
  for (let start = from; start + run.length <= until; start += run.length) {
    const end = Math.min(until, start + 2 * run.length - 1)
    const place = placeOfPieces(run, pieces, { text, from: start, until: end })
    if (place !== -1) return place
  }
  return -1
}

/** The run stands where all of its pieces do. */
function placeOfPieces(
  run: Pattern,
  pieces: readonly Piece[],
  { text, from, until }: Stretch,
): number {
  const places = until - from - run.length + 1
  const found = new Uint32Array(places)
  for (const { offset, units } of pieces) {
    const first = from + offset
    for (const at of placesOf(units, text, first, first + places - 1 + units.length)) {
      found[at - first] = (found[at - first] ?? 0) + 1
    }
  }
  const place = found.indexOf(pieces.length)
  return place === -1 ? -1 : from + place
}

/** Where the literal stands, every time, by Knuth, Morris and Pratt. */
function* placesOf(
  literal: Pattern,
  text: string,
  from: number,
  until: number,
): Generator<number, void> {
  const borders = bordersOf(literal)
  let matched = 0
  for (let at = from; at < until; at++) {
    const code = text.charCodeAt(at)
    while (matched > 0 && literal[matched] !== code) matched = borders[matched - 1] ?? 0
    if (literal[matched] === code) matched++
    if (matched < literal.length) continue
    yield at + 1 - matched
    matched = borders[matched - 1] ?? 0
  }
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
const WORDS_PER_PIECE = 8
/** A quarter of a megabyte: more than any run of a stored policy needs without its variables. */
const MOST_MASK_WORDS = 2 ** 16

/**
 * Where the run first stands, by Baeza-Yates and Gonnet: bit n says whether the text just read ends
 * with the run's first n + 1 units; or -1.
 */
function findByBits(run: Pattern, text: string, from: number, until: number): number {
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
