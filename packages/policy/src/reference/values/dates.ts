// Dates of the Date operators: ISO 8601, or seconds since the epoch, compared in milliseconds.

const PARTS =
  /^(?<year>-?\d{1,9})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?(?:T(?<time>[^Z+-]*)(?<zone>Z|[+-].*)?)?$/i
const TIME =
  /^(?<hour>\d{1,2})(?::(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:\.(?<fraction>\d{1,9}))?)?)?$/
const ZONE = /^(?<sign>[+-])(?<hours>\d{2})(?::?(?<minutes>\d{2}))?$/

const LARGEST_EPOCH = 2n ** 63n - 1n
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** Milliseconds since the epoch, exactly. Digits alone are seconds, so a year alone is no date. */
export function readDate(text: string): bigint | undefined {
  if (/^\d+$/.test(text)) return BigInt(text) > LARGEST_EPOCH ? undefined : BigInt(text) * 1000n
  const { year, month = '1', day = '1', time = '', zone } = PARTS.exec(text)?.groups ?? {}
  const days =
    year === undefined ? undefined : daysSinceEpoch(Number(year), Number(month), Number(day))
  const milliseconds = readTime(time)
  const offset = zone === undefined ? 0 : readZone(zone)
  if (days === undefined || milliseconds === undefined || offset === undefined) return undefined
  // A zone belongs to a time.
  if (time === '' && zone !== undefined) return undefined
  return days * 86_400_000n + BigInt(milliseconds - offset * 60_000)
}

/** In the proleptic Gregorian calendar. The 31st of a shorter month is a day of the next. */
function daysSinceEpoch(year: number, month: number, day: number): bigint | undefined {
  if (year < -292_275_054 || year > 292_278_993) return undefined
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const leapDay = isLeap(year) && month > 2 ? 1 : 0
  const daysOfYear = (DAYS_BEFORE_MONTH[month - 1] ?? 0) + leapDay + day - 1
  return BigInt(daysBeforeYear(year) - daysBeforeYear(1970) + daysOfYear)
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function daysBeforeYear(year: number): number {
  const leaps = (every: number) => Math.floor((year - 1) / every)
  return 365 * (year - 1) + leaps(4) - leaps(100) + leaps(400)
}

/** Milliseconds into the day; beyond the third digit a fraction does not count. */
function readTime(text: string): number | undefined {
  if (text === '') return 0
  const groups = TIME.exec(text)?.groups
  if (groups === undefined) return undefined
  const { hour, minute = '0', second = '0', fraction = '' } = groups
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  return seconds * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3))
}

/** Minutes east of Greenwich. */
function readZone(text: string): number | undefined {
  if (text.toUpperCase() === 'Z') return 0
  const groups = ZONE.exec(text)?.groups
  if (groups === undefined) return undefined
  const { sign, hours, minutes = '0' } = groups
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}
