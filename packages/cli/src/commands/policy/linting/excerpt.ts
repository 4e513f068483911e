// The line of a document that a finding is about, with carets under the guilty place, as compilers quote it.
import type { Position } from '@twinlock/policy'
import { printableInPlace } from '../../../terminal/printable.ts'

export type Range = { readonly start: Position; readonly end: Position }

/** What stands for the part of a line that is left out. */
const CUT = '…'

/** A quoted line and the line of carets below it. A place that goes on below is marked to its line's end. */
export function excerpt(text: string, { start, end }: Range, columns: number): readonly string[] {
  const line = printableInPlace(
    (text.split('\n')[start.line - 1] ?? '').replace(/\r$/, '').replaceAll('\t', ' '),
  )
  const gutter = `${start.line} | `
  const from = start.column - 1
  const to = Math.max(from + 1, end.line === start.line ? end.column - 1 : line.length)
  const window = windowAround(line, from, to, columns - gutter.length)
  const marked = Math.max(1, Math.min(to, window.end) - from)
  return [
    gutter + window.text,
    `${' '.repeat(gutter.length - 2)}| ${' '.repeat(from - window.shift)}${'^'.repeat(marked)}`,
  ]
}

/** As much of the line as fits, with the place in it: a document may be one line of ten thousand characters. */
function windowAround(line: string, from: number, to: number, width: number) {
  if (line.length <= width) return { text: line, shift: 0, end: line.length }
  const room = width - 2 * CUT.length
  const before = Math.max(0, Math.floor((room - Math.min(to - from, room)) / 2))
  const start = Math.max(0, Math.min(from - before, line.length - room))
  const end = Math.min(line.length, start + room)
  const cutLeft = start > 0 ? CUT : ''
  const cutRight = end < line.length ? CUT : ''
  return {
    text: cutLeft + line.slice(start, end) + cutRight,
    shift: start - cutLeft.length,
    end,
  }
}

/** The line's beginning, as far as it fits. */
export function cutLine(line: string, columns: number) {
  return line.length <= columns ? line : line.slice(0, columns - CUT.length) + CUT
}
