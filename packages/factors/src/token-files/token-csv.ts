// Hardware tokens from a table of comma-separated values, for vendors who deliver no PSKC. The columns are documented in
// the package's README.
import { decodeBase32 } from '../base32.ts'
import { readCsv } from './csv.ts'
import { importedToken, unusable } from './imported-token.ts'
import type { ImportedToken } from './imported-token.ts'
import { TokenFileError, readEveryEntry, unusableFile } from './token-file-error.ts'

/** Enough for ten thousand tokens. */
const LONGEST_TEXT = 4 * 1024 * 1024
const MOST_TOKENS = 10_000

/** What a column may be called, written without blanks, hyphens, underscores and capitals. */
const COLUMNS = {
  serial: 'serial',
  serialnumber: 'serial',
  seed: 'seed',
  seedhex: 'seedHex',
  seedbase32: 'seedBase32',
  digits: 'digits',
  period: 'period',
  algorithm: 'algorithm',
  manufacturer: 'manufacturer',
} as const

type Column = (typeof COLUMNS)[keyof typeof COLUMNS]

/** One line by its columns; what is left empty is absent. */
type Row = { readonly line: number } & (
  | { readonly values: Readonly<Partial<Record<Column, string>>> }
  | { readonly problem: string }
)

/**
 * The tokens of a table whose first line names its columns. All of them, or none.
 * @throws TokenFileError that names each bad line and why; it repeats no value
 */
export function readTokenCsv(text: string): readonly ImportedToken[] {
  if (text.length > LONGEST_TEXT) throw unusableFile('it is longer than four megabytes')
  const [header, ...lines] = readCsv(text)
  if (header === undefined || !('fields' in header)) {
    throw unusableFile('its first line must name the columns')
  }
  if (lines.length > MOST_TOKENS) throw unusableFile(`it has more than ${MOST_TOKENS} tokens`)

  const columns = parseHeader(header.fields)
  const rows = lines.map(({ line, ...record }): Row => ({ line, ...rowOf(columns, record) }))
  const decodeSeed = seedDecoder(rows)
  return readEveryEntry(
    rows,
    ({ line }) => `line ${line}`,
    row => {
      if ('problem' in row) throw unusable(row.problem)
      const { serial = '', digits, period, algorithm, manufacturer } = row.values
      const seed = decodeSeed(row.values)
      return importedToken({ serialNumber: serial, seed, digits, period, algorithm, manufacturer })
    },
  )
}

/** A name that is not known is refused: `digit` for `digits` would import tokens whose codes never match. */
function parseHeader(fields: readonly string[]): readonly Column[] {
  const names: Readonly<Record<string, Column | undefined>> = COLUMNS
  const columns = fields.map(field => {
    const name = field.toLowerCase().replaceAll(/[\s_-]/g, '')
    return Object.hasOwn(names, name) ? names[name] : undefined
  })
  const problems = columns.flatMap((column, index) =>
    column === undefined ? [{ place: 'line 1', reason: `column ${index + 1} is not known` }] : [],
  )
  if (problems.length > 0) throw new TokenFileError(problems)

  const known = columns.filter(column => column !== undefined)
  if (new Set(known).size < known.length) throw unusableFile('a column is named twice')
  if (!known.includes('serial')) throw unusableFile('it has no column `serial`')
  if (known.filter(column => SEED_COLUMNS.has(column)).length !== 1) {
    throw unusableFile('it must have one column `seed`, `seed hex` or `seed base32`')
  }
  return known
}

const SEED_COLUMNS: ReadonlySet<Column> = new Set(['seed', 'seedHex', 'seedBase32'])

function rowOf(
  columns: readonly Column[],
  record: { readonly fields: readonly string[] } | { readonly problem: string },
) {
  if ('problem' in record) return record
  const { fields } = record
  if (fields.length !== columns.length) {
    return { problem: `it has ${fields.length} fields and the first line ${columns.length}` }
  }
  const values = columns.map((column, index) => [column, fields[index]?.trim()] as const)
  return { values: Object.fromEntries(values.filter(([, value]) => value !== '')) }
}

const HEX = /^(?:[0-9a-f]{2})+$/i
const BASE32 = /^[a-z2-7]+=*$/i

/**
 * How the file writes its seeds. A column that is called `seed` alone is of one kind from top to bottom: each seed by
 * itself could be taken for the other now and then, and would make codes that never match.
 */
function seedDecoder(rows: readonly Row[]) {
  const seeds = rows.flatMap(row => ('values' in row ? (row.values.seed ?? []) : []))
  const decodeSeed = decoderOfColumn(seeds)
  return ({ seed, seedHex, seedBase32 }: Partial<Record<Column, string>>) => {
    if (seedHex !== undefined) return decodeHex(seedHex)
    if (seedBase32 !== undefined) return decodeBase32(seedBase32)
    if (seed === undefined) throw unusable('the seed is missing')
    return decodeSeed(seed)
  }
}

function decoderOfColumn(seeds: readonly string[]): (seed: string) => Buffer {
  const written = seeds.map(seed => seed.replaceAll(/\s/g, ''))
  const hasHex = written.some(seed => HEX.test(seed) && !BASE32.test(seed))
  const hasBase32 = written.some(seed => BASE32.test(seed) && !HEX.test(seed))
  if (hasHex && hasBase32) throw unusableFile('its seeds are partly hexadecimal and partly Base32')
  if (hasHex) return decodeHex
  if (hasBase32) return decodeBase32
  return () => {
    throw unusable('hexadecimal or Base32? Name the column `seed hex` or `seed base32`')
  }
}

function decodeHex(text: string) {
  const digits = text.replaceAll(/\s/g, '')
  if (!HEX.test(digits)) throw unusable('the seed is not hexadecimal')
  return Buffer.from(digits, 'hex')
}
