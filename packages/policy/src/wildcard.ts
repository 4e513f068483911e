// `*` and `?` over UTF-16 units, as AWS counts them: `*` is any run, `?` is one unit. Linear scan
// with one mark to return to, never a regular expression: a policy's author must not choose how
// long a decision takes.

/**
 * A pattern as code units, with the two wildcards outside of their range: substituted text can hold
 * a literal `*`.
 */
export type Pattern = readonly number[]

const ANY_RUN = -1
const ANY_ONE = -2

/** A pattern in which `*` and `?` are wildcards. */
export function parsePattern(text: string): Pattern {
  return Array.from({ length: text.length }, (_, at) => {
    const code = text.charCodeAt(at)
    return code === 0x2a ? ANY_RUN : code === 0x3f ? ANY_ONE : code
  })
}

/** Whether the pattern is a lone `*`. */
export function isAny(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0] === ANY_RUN
}

/** A pattern in which `*` and `?` are themselves. */
export function literalPattern(text: string): Pattern {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
}

/**
 * Whether the pattern matches all of `text` between `start` and `end`. O(pattern × text) at worst,
 * without recursion.
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
  while (inText < end) {
    const wanted = pattern[inPattern]
    if (wanted === ANY_RUN) {
      afterRun = ++inPattern
      runEnd = inText
    } else if (wanted === ANY_ONE || wanted === text.charCodeAt(inText)) {
      inPattern++
      inText++
    } else if (afterRun !== -1) {
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
