// What somebody probably meant to write.

/** Names of policies are short; whatever is longer is no misspelling of one. */
const LONGEST = 96

/**
 * The one candidate that is at most two slips away from `written` (a letter too many, one too few,
 * another one, two in the wrong order), letter case aside; undefined where none or several are.
 */
export function likelyMeant(written: string, candidates: Iterable<string>): string | undefined {
  if (written.length > LONGEST) return undefined
  const lower = written.toLowerCase()
  let nearest: string | undefined
  let fewest = mostSlips(written) + 1
  let isOnly = true
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - written.length) > fewest) continue
    const slips = slipsBetween(lower, candidate.toLowerCase())
    if (slips > fewest || slips > mostSlips(written)) continue
    isOnly = slips < fewest
    nearest = candidate
    fewest = slips
  }
  return isOnly ? nearest : undefined
}

/** A short name with two other letters is another name. */
function mostSlips(written: string): number {
  return written.length < 8 ? 1 : 2
}

/** Optimal string alignment distance, row by row. */
function slipsBetween(a: string, b: string): number {
  let [older, old]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = (old?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const slips = Math.min(substitution, (old?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(swapped ? Math.min(slips, (older?.[j - 2] ?? 0) + 1) : slips)
    }
    older = old
    old = row
  }
  return old?.at(-1) ?? 0
}
