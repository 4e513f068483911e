// Patterns of ARNs as sets of resources: does one hold all of another, do two have a resource in
// common? Both answers may err, each to its safe side: `covers` never says yes in vain, `mayMeet`
// never says no in vain.
import { isAny, parsePattern, type Pattern } from '../wildcard.ts'

/** The six segments, each a set of texts; an ARN is in the set if each of its segments is. */
export type ArnSet = readonly SegmentSet[]

/** The texts that a pattern matches; most patterns are one text, or any. */
type SegmentSet =
  | { readonly kind: 'any'; readonly pattern: Pattern }
  | { readonly kind: 'one'; readonly pattern: Pattern; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'bucket'; readonly pattern: Pattern }

/** The wildcards as patterns hold them. */
const [ANY_RUN, ANY_ONE] = parsePattern('*?')
const SLASH = 0x2f

/** The texts that the pattern matches. */
export function segmentSet(pattern: Pattern): SegmentSet {
  if (isAny(pattern)) return { kind: 'any', pattern }
  if (pattern.some(isWild)) return { kind: 'pattern', pattern }
  const text = pattern.map(code => String.fromCharCode(code)).join('')
  return { kind: 'one', pattern, text }
}

/** The names of buckets, in which there is no slash: what is said of `bucket/*` is not said of a bucket. */
export const EVERY_BUCKET: SegmentSet = { kind: 'bucket', pattern: parsePattern('*') }

/** Every ARN. */
export const EVERY_ARN: ArnSet = Array.from({ length: 6 }, () => segmentSet(parsePattern('*')))

/** The service of every ARN of the set, or undefined if they may have several. */
export function serviceOfSet(set: ArnSet): string | undefined {
  const service = set[2]
  return service?.kind === 'one' ? service.text : undefined
}

/**
 * Whether surely every resource that is in all of `sets` is one of `outer`: it is enough that, in
 * each segment, one of them is as narrow as `outer`.
 */
export function coversMeeting(outer: ArnSet, sets: readonly ArnSet[]): boolean {
  return outer.every((wanted, at) =>
    sets.some(set => {
      const segment = set[at]
      return segment !== undefined && segmentCovers(wanted, segment)
    }),
  )
}

/** Whether two sets may have a resource in common. */
export function mayMeet(one: ArnSet, other: ArnSet): boolean {
  for (let at = 0; at < one.length; at++) {
    const a = one[at]
    const b = other[at]
    if (a === undefined || b === undefined || !segmentsMayMeet(a, b)) return false
  }
  return true
}

/** The set of one resource, or of a documented pattern whose variable parts are wildcards already. */
export function arnSet(text: string): ArnSet | undefined {
  const segments = text.split(':')
  if (segments.length < 6) return undefined
  const six = [...segments.slice(0, 5), segments.slice(5).join(':')]
  return six.map(text => segmentSet(parsePattern(text)))
}

function segmentCovers(outer: SegmentSet, inner: SegmentSet): boolean {
  if (outer.kind === 'any') return true
  if (outer.kind === 'bucket') return inner.kind === 'bucket'
  if (outer.kind === 'one') return inner.kind === 'one' && inner.text === outer.text
  return patternCovers(outer.pattern, inner.pattern)
}

/** Exact where one of the two is a text; else by what stands before the first run and after the last. */
function segmentsMayMeet(one: SegmentSet, other: SegmentSet): boolean {
  if (one.kind === 'bucket') return !other.pattern.includes(SLASH)
  if (other.kind === 'bucket') return !one.pattern.includes(SLASH)
  if (one.kind === 'any' || other.kind === 'any') return true
  if (one.kind === 'one') return segmentCovers(other, one)
  if (other.kind === 'one') return segmentCovers(one, other)
  return agree(one.pattern, other.pattern, 0, 1) && agree(one.pattern, other.pattern, -1, -1)
}

/**
 * The pattern `outer` against the pattern `inner` as if it were a text, whose wildcards are letters:
 * a run is matched by a run alone, one unit by either. The scan with one mark to return to of
 * `wildcard.ts`.
 */
function patternCovers(outer: Pattern, inner: Pattern): boolean {
  let inOuter = 0
  let inInner = 0
  let afterRun = -1
  let runEnd = 0
  while (inInner < inner.length) {
    const wanted = outer[inOuter]
    const letter = inner[inInner]
    if (wanted === ANY_RUN) {
      afterRun = ++inOuter
      runEnd = inInner
    } else if (wanted !== undefined && (wanted === letter || isOneUnit(wanted, letter))) {
      inOuter++
      inInner++
    } else if (afterRun !== -1) {
      inOuter = afterRun
      inInner = ++runEnd
    } else {
      return false
    }
  }
  while (outer[inOuter] === ANY_RUN) inOuter++
  return inOuter === outer.length
}

function isOneUnit(wanted: number, letter: number | undefined): boolean {
  return wanted === ANY_ONE && letter !== ANY_RUN
}

/** Whether both begin alike, up to the first run of either; from the end with a negative step. */
function agree(one: Pattern, other: Pattern, start: number, step: number): boolean {
  for (let at = start; ; at += step) {
    const a = one.at(at)
    const b = other.at(at)
    if (a === undefined || b === undefined || a === ANY_RUN || b === ANY_RUN) return true
    if (a !== b && a !== ANY_ONE && b !== ANY_ONE) return false
  }
}

function isWild(code: number): boolean {
  return code === ANY_RUN || code === ANY_ONE
}
