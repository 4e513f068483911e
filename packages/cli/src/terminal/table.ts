// Rows of text under a heading, with their columns aligned.

/** One line of text for the heading and for each row. */
export function tableOf(heading: readonly string[], rows: readonly (readonly string[])[]) {
  const lines = [heading, ...rows]
  const widths = heading.map((_, column) =>
    Math.max(...lines.map(line => line[column]?.length ?? 0)),
  )
  return lines.map(line =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
