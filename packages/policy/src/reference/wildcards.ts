// `*` is any run of UTF-16 units, also an empty one; `?` is exactly one.

/** A pattern, unit by unit: a wildcard, or a character that stands for itself even if it is `*`. */
export type Pattern = readonly ('any run' | 'any one' | { readonly literal: string })[]

/** A text in which `*` and `?` are wildcards. */
export function withWildcards(text: string): Pattern {
  return text
    .split('')
    .map(unit => (unit === '*' ? 'any run' : unit === '?' ? 'any one' : { literal: unit }))
}

/** A text in which they are not. */
export function literally(text: string): Pattern {
  return text.split('').map(unit => ({ literal: unit }))
}

/**
 * By dynamic programming over the ends of the text that the pattern read so far can reach: a run
 * reaches everything after what was reached, anything else moves each end by one.
 */
export function matchesWildcards(pattern: Pattern, text: string): boolean {
  let reached = new Set([0])
  for (const part of pattern) {
    reached =
      part === 'any run' ? onwards(Math.min(...reached), text) : afterOne(part, reached, text)
    if (reached.size === 0) return false
  }
  return reached.has(text.length)
}

function onwards(from: number, text: string): Set<number> {
  return new Set(Array.from({ length: text.length - from + 1 }, (_, step) => from + step))
}

function afterOne(
  part: 'any one' | { readonly literal: string },
  reached: ReadonlySet<number>,
  text: string,
): Set<number> {
  const passed = [...reached].filter(
    end => end < text.length && (part === 'any one' || text[end] === part.literal),
  )
  return new Set(passed.map(end => end + 1))
}
