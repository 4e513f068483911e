// Dates as the Date operators read them: ISO 8601 in the profile that IAM stores, or seconds since
// the epoch; compared in milliseconds. A text with neither `-` nor `T` counts as epoch seconds.

/** Milliseconds since the epoch, as a bigint where a number would not be exact. */
export type Instant = number | bigint

const DATE =
  /^(-?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:t(?:(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?(z|[+-]\d{2}(?::?\d{2})?)?)?)?$/i

const SMALLEST_YEAR = -292_275_054
const LARGEST_YEAR = 292_278_993
const LARGEST_EPOCH = 2n ** 63n - 1n
const MILLISECONDS_PER_DAY = 86_400_000
/** A number of seconds so large is exact in milliseconds, and a number of days in days. */
const EXACT_DIGITS = 12
const EXACT_DAYS = 100_000_000

/** The time that `text` is, or undefined when it is no date. */
export function parseDate(text: string): Instant | undefined {
  return /^\d+$/.test(text) ? parseEpoch(text) : parseIso(text)
}

/** Negative, zero or positive as `a` is before, at or after `b`. */
export function compareDates(a: Instant, b: Instant): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function parseEpoch(text: string): Instant | undefined {
  if (text.length <= EXACT_DIGITS) return Number(text) * 1000
  const seconds = text.slice(Math.max(text.search(/[1-9]/), 0))
  if (seconds.length > String(LARGEST_EPOCH).length || BigInt(seconds) > LARGEST_EPOCH) {
    return undefined
  }
  return BigInt(seconds) * 1000n
}

function parseIso(text: string): Instant | undefined {
  const parts = DATE.exec(text)
  if (parts === null) return undefined
  const [, yearText, month = '1', day = '1', hour = '0', minute = '0', second = '0'] = parts
  const year = Number(yearText)
  const zone = offsetMinutes(parts[8] ?? 'z')
  const inRange =
    within(year, SMALLEST_YEAR, LARGEST_YEAR) &&
    within(Number(month), 1, 12) &&
    within(Number(day), 1, 31) &&
    within(Number(hour), 0, 23) &&
    within(Number(minute), 0, 59) &&
    within(Number(second), 0, 59)
  if (!inRange || zone === undefined) return undefined
  const days = daysFromCivil(year, Number(month), Number(day))
  const minutes = Number(hour) * 60 + Number(minute) - zone
  const milliseconds = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3))
  const inDay = minutes * 60_000 + Number(second) * 1000 + milliseconds
  return Math.abs(days) < EXACT_DAYS
    ? days * MILLISECONDS_PER_DAY + inDay
    : BigInt(days) * BigInt(MILLISECONDS_PER_DAY) + BigInt(inDay)
}

/** East is positive. */
function offsetMinutes(zone: string): number | undefined {
  if (zone.toLowerCase() === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', ''))
  if (hours > 23 || minutes > 59) return undefined
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

function within(value: number, smallest: number, largest: number): boolean {
  return value >= smallest && value <= largest
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar; `Date` ends in the year 275,760. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
