// What changes between two texts, line by line: the longest common subsequence is kept.

export type DiffLine = {
  readonly change: 'kept' | 'removed' | 'added'
  readonly text: string
  /** Line numbers, from 1, in the text before and the text after. */
  readonly before: number | undefined
  readonly after: number | undefined
}

/** Policies are at most some thousand lines; beyond that all is told as replaced. */
const MOST_LINES = 2000

export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, fresh] = [before.split(/\r?\n/), after.split(/\r?\n/)]
  const isKept = keptLines(old, fresh)
  const lines: DiffLine[] = []
  let [from, to] = [0, 0]
  while (from < old.length || to < fresh.length) {
    if (from < old.length && to < fresh.length && isKept(from, to)) {
      lines.push({ change: 'kept', text: fresh[to] ?? '', before: ++from, after: ++to })
    } else if (from < old.length && !isKept(from)) {
      lines.push({ change: 'removed', text: old[from] ?? '', before: ++from, after: undefined })
    } else {
      lines.push({ change: 'added', text: fresh[to] ?? '', before: undefined, after: ++to })
    }
  }
  return lines
}

/** Tells whether an old line is kept, and as which new one. */
function keptLines(old: readonly string[], fresh: readonly string[]) {
  const pairs = new Map<number, number>()
  if (old.length <= MOST_LINES && fresh.length <= MOST_LINES) {
    const lengths = commonLengths(old, fresh)
    let [from, to] = [0, 0]
    while (from < old.length && to < fresh.length) {
      if (old[from] === fresh[to]) pairs.set(from++, to++)
      else if ((lengths[from + 1]?.[to] ?? 0) >= (lengths[from]?.[to + 1] ?? 0)) from++
      else to++
    }
  }
  return (from: number, to?: number) =>
    to === undefined ? pairs.has(from) : pairs.get(from) === to
}

/** How long the common subsequence of every two rests is. */
function commonLengths(old: readonly string[], fresh: readonly string[]): readonly Uint16Array[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1))
  for (let from = old.length - 1; from >= 0; from--) {
    const row = lengths[from] ?? new Uint16Array()
    const below = lengths[from + 1] ?? new Uint16Array()
    for (let to = fresh.length - 1; to >= 0; to--) {
      row[to] =
        old[from] === fresh[to]
          ? (below[to + 1] ?? 0) + 1
          : Math.max(below[to] ?? 0, row[to + 1] ?? 0)
    }
  }
  return lengths
}
