// What changes between two texts, line by line, as `diff -u` shows it.

type Line = { readonly sign: ' ' | '-' | '+'; readonly text: string }

/** Unchanged lines that are shown around a change. */
const CONTEXT = 1

/** Lines beyond which the longest common part is not looked for: all of the middle is shown as replaced. */
const MOST_LINES = 2000

/** The changed lines with a sign before each, and a blank before those around them; empty for equal texts. */
export function lineDiff(before: string, after: string): readonly string[] {
  const lines = linesOfDiff(before.split(/\r?\n/), after.split(/\r?\n/))
  const isShown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  )
  return lines.flatMap(({ sign, text }, index) => {
    if (isShown[index] !== true) return []
    const isGap = index > 0 && isShown[index - 1] !== true && isShown.indexOf(true) < index
    return [...(isGap ? ['  …'] : []), `${sign} ${text}`]
  })
}

/** The ends that are alike are kept; between them, the longest common subsequence is. */
function linesOfDiff(before: readonly string[], after: readonly string[]): readonly Line[] {
  const shortest = Math.min(before.length, after.length)
  let head = 0
  while (head < shortest && before[head] === after[head]) head++
  let tail = 0
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++

  const kept = (text: string): Line => ({ sign: ' ', text })
  return [
    ...before.slice(0, head).map(kept),
    ...middle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(kept),
  ]
}

function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  const lengths = commonLengths(before, after)
  const lines: Line[] = []
  let [from, to] = [0, 0]
  while (from < before.length || to < after.length) {
    const [old, fresh] = [before[from], after[to]]
    if (old !== undefined && old === fresh && lengths !== undefined) {
      lines.push({ sign: ' ', text: old })
      from++
      to++
    } else if (old !== undefined && removesFirst(lengths, from, to)) {
      lines.push({ sign: '-', text: old })
      from++
    } else if (fresh !== undefined) {
      lines.push({ sign: '+', text: fresh })
      to++
    }
  }
  return lines
}

type Lengths = readonly (readonly number[])[]

/** How long a common subsequence of the rests is, for every two rests. */
function commonLengths(before: readonly string[], after: readonly string[]): Lengths | undefined {
  if (before.length > MOST_LINES || after.length > MOST_LINES) return undefined
  const lengths = Array.from({ length: before.length + 1 }, () =>
    Array.from({ length: after.length + 1 }, () => 0),
  )
  for (let from = before.length - 1; from >= 0; from--) {
    for (let to = after.length - 1; to >= 0; to--) {
      const [row, below] = [lengths[from] ?? [], lengths[from + 1] ?? []]
      row[to] =
        before[from] === after[to]
          ? (below[to + 1] ?? 0) + 1
          : Math.max(below[to] ?? 0, row[to + 1] ?? 0)
    }
  }
  return lengths
}

function removesFirst(lengths: Lengths | undefined, from: number, to: number) {
  if (lengths === undefined) return true
  return (lengths[from + 1]?.[to] ?? 0) >= (lengths[from]?.[to + 1] ?? 0)
}
