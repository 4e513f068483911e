// Text in lines of a width.

/** The text in lines that break between words. A word that is too long has a line of its own. */
export function folded(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${last} ${word}`
    } else lines.push(word)
  }
  return lines
}

/** As `folded`, each line with the indent before it; later ones with a deeper one. */
export function foldedBelow(text: string, columns: number, [first, rest] = ['', '']) {
  return folded(text, columns - rest.length).map(
    (line, index) => (index === 0 ? first : rest) + line,
  )
}
