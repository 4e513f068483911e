// Points in time, for people.
import { DAY_MS } from './days.ts'

const DATE_AND_TIME = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'short',
})
const DISTANCE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

const UNITS = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

type Props = { readonly at: Date | undefined; readonly never?: string }

/** The date and the time of day. */
export function Instant({ at, never = 'Never' }: Props) {
  if (at === undefined) return never
  return <time dateTime={at.toISOString()}>{DATE_AND_TIME.format(at)}</time>
}

/** How long ago, with the date where a pointer rests on it. */
export function Ago({ at, never = 'Never' }: Props) {
  if (at === undefined) return never
  return (
    <time dateTime={at.toISOString()} title={DATE_AND_TIME.format(at)}>
      {ago(at)}
    </time>
  )
}

/** `3 days ago` */
function ago(at: Date): string {
  const passed = Date.now() - at.getTime()
  const [unit, length] = UNITS.find(([, length]) => Math.abs(passed) >= length) ?? ['second', 1000]
  return DISTANCE.format(-Math.floor(passed / length), unit)
}
