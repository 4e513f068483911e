// `*` and `?` over UTF-16 units, as AWS counts them: `*` is any run, `?` is one unit. A scan with one
// mark to return to, never a regular expression: a policy's author must not choose how long a
// decision takes.
import { ANY_ONE, ANY_RUN, matchesBySearch } from './wildcard-search.ts'

/** ANY_RUN and ANY_ONE among code units: substituted text can hold a literal `*`. */
export type Pattern = readonly number[]

/** A pattern in which `*` and `?` are wildcards. */
export function parsePattern(text: string): Pattern {
  const pattern: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    pattern.push(code === 0x2a ? ANY_RUN : code === 0x3f ? ANY_ONE : code)
  }
  return pattern
}

/** Whether the pattern is a lone `*`. */
export function isAny(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === ANY_RUN
}

/** A pattern in which `*` and `?` are themselves. */
export function literalPattern(text: string): Pattern {
  const pattern: number[] = []
  for (let at = 0; at < text.length; at++) pattern.push(text.charCodeAt(at))
  return pattern
}

/**
 * Whether the pattern matches all of `text` between `start` and `end`, in linear time: a scan that
 * returned over more than the text and the pattern are long is given up for a search.
 */
export function matchesPattern(
  pattern: Pattern,
  text: string,
  start = 0,
  end = text.length,
): boolean {
  let inPattern = 0
  let inText = start
  let afterRun = -1
  let runEnd = start
  let patience = pattern.length + end - start
  while (inText < end) {
    const wanted = pattern[inPattern]
    if (wanted === ANY_RUN) {
      afterRun = ++inPattern
      runEnd = inText
    } else if (wanted === ANY_ONE || wanted === text.charCodeAt(inText)) {
      inPattern++
      inText++
    } else if (afterRun !== -1) {
      patience -= inText - runEnd
      if (patience < 0) return matchesBySearch(pattern, text, start, end)
      inPattern = afterRun
      inText = ++runEnd
    } else {
      return false
    }
  }
  while (pattern[inPattern] === ANY_RUN) inPattern++
  return inPattern === pattern.length
}

/**
 * A matcher for a fixed pattern, with the common shapes (all, equal, prefix) at the price of a
 * string comparison.
 */
export function compilePattern(text: string): (candidate: string) => boolean {
  if (text === '*') return () => true
  const wildcard = text.search(/[*?]/)
  if (wildcard === -1) return candidate => candidate === text
  if (wildcard === text.length - 1 && text.endsWith('*')) {
    const prefix = text.slice(0, -1)
    return candidate => candidate.startsWith(prefix)
  }
  const pattern = parsePattern(text)
  return candidate => matchesPattern(pattern, candidate)
}
