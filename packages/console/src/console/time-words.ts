// Points in time, in words: English, as all of the console, and with the time zone, as AWS's.
import { DAY_MS } from './days.ts'

const DISTANCE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** From so much on it is told in this unit: a lonely month or year says too little. */
const UNITS = [
  { unit: 'year', length: 365 * DAY_MS, from: 2 * 365 * DAY_MS },
  { unit: 'month', length: 30 * DAY_MS, from: 90 * DAY_MS },
  { unit: 'day', length: DAY_MS, from: DAY_MS },
  { unit: 'hour', length: 3_600_000, from: 3_600_000 },
  { unit: 'minute', length: 60_000, from: 60_000 },
] as const

const SECONDS = { unit: 'second', length: 1000 } as const

/** `November 22, 2026, 07:00 (UTC+01:00)`. @param timeZone this browser's, when left out */
export function dateAndTime(at: Date, timeZone?: string): string {
  const parts = formatIn(timeZone).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find(found => found.type === type)?.value ?? ''
  const zone = part('timeZoneName').replace(/^GMT(\+00:00)?/, 'UTC')
  return `${part('month')} ${part('day')}, ${part('year')}, ${part('hour')}:${part('minute')} (${zone})`
}

function formatIn(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
    ...(timeZone !== undefined && { timeZone }),
  })
}

/** `3 days ago` */
export function ago(at: Date, now: Date): string {
  const { count, unit } = passed(at, now)
  return DISTANCE.format(-count, unit)
}

/** `3 days` */
export function age(at: Date, now: Date): string {
  const { count, unit } = passed(at, now)
  return new Intl.NumberFormat('en', { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

function passed(at: Date, now: Date) {
  const time = now.getTime() - at.getTime()
  const { unit, length } = UNITS.find(({ from }) => Math.abs(time) >= from) ?? SECONDS
  return { count: Math.trunc(time / length), unit }
}
