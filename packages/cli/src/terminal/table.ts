// Rows of text under a heading, with their columns aligned.
import { widest } from './widest.ts'

/** One line of text for the heading and for each row. */
export function tableOf(heading: readonly string[], rows: readonly (readonly string[])[]) {
  const lines = [heading, ...rows]
  const widths = heading.map((_, column) => widest(lines.map(line => line[column] ?? '')))
  return lines.map(line =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
