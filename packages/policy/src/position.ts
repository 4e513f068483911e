// Places in a document, for people: lines and columns instead of offsets.

/**
 * Where in a document: line and column count from 1, the column in UTF-16 units. A line ends with a
 * line feed, a carriage return, or both, as AWS counts.
 */
export type Position = { readonly line: number; readonly column: number }

/** A function from the offsets of `text` to positions. The lines are looked for once. */
export function positionsIn(text: string): (offset: number) => Position {
  const lineStarts = [
    0,
    ...Array.from(text.matchAll(/\r\n?|\n/g), end => end.index + end[0].length),
  ]
  return offset => {
    let line = 0
    let after = lineStarts.length
    while (after - line > 1) {
      const middle = (line + after) >>> 1
      if ((lineStarts[middle] ?? 0) <= offset) line = middle
      else after = middle
    }
    return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 }
  }
}
