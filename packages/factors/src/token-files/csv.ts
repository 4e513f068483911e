// Comma-separated values as RFC 4180 §2 has them: quoted fields, doubled quotes, line ends within quotes. LF alone ends a
// record too, and a byte order mark is skipped, because spreadsheets write both.

/** One record, or what is wrong with it. `line` is where it begins, counted from 1. */
export type CsvRecord = { readonly line: number } & (
  | { readonly fields: readonly string[] }
  | { readonly problem: string }
)

/** The records of the text; lines without any character are none. One pass, whatever the text. */
export function readCsv(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  let line = 1
  while (at < text.length) {
    const { record, end } = readRecord(text, at)
    if (!isEmpty(record)) records.push({ line, ...record })
    line += countLineEnds(text, at, end)
    at = end
  }
  return records
}

type Content = { readonly fields: readonly string[] } | { readonly problem: string }

function isEmpty(record: Content) {
  return 'fields' in record && record.fields.length === 1 && record.fields[0] === ''
}

/** The record that begins at `start`; `end` is behind the line end that closes it. */
function readRecord(text: string, start: number): { record: Content; end: number } {
  const fields: string[] = []
  let at = start
  for (;;) {
    const field = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at)
    if ('problem' in field) return { record: field, end: endOfLine(text, field.end) }
    fields.push(field.value)
    if (text[field.end] !== ',') {
      return { record: { fields }, end: endOfLine(text, field.end) }
    }
    at = field.end + 1
  }
}

type Field =
  | { readonly value: string; readonly end: number }
  | { readonly problem: string; readonly end: number }

/** Up to the comma or the line end. */
function readPlain(text: string, start: number): Field {
  let end = start
  for (; end < text.length && !isDelimiter(text, end); end++) {
    if (text[end] === '"') return { problem: 'a quote inside a field that has none around it', end }
  }
  return { value: text.slice(start, end), end }
}

function readQuoted(text: string, start: number): Field {
  let value = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return { problem: 'a quote that is never closed', end: text.length }
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') return closeQuoted(text, value, quote + 1)
    value += '"'
    from = quote + 2
  }
}

function closeQuoted(text: string, value: string, end: number): Field {
  return end === text.length || isDelimiter(text, end)
    ? { value, end }
    : { problem: 'text behind a closing quote', end }
}

function isDelimiter(text: string, at: number) {
  return text[at] === ',' || text[at] === '\n' || text.startsWith('\r\n', at)
}

function endOfLine(text: string, from: number) {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end + 1
}

function countLineEnds(text: string, from: number, to: number) {
  let lines = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    lines++
  }
  return lines
}
