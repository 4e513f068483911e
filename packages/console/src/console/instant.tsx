// Points in time, for people.
import styles from './instant.module.css'
import { age, ago, dateAndTime } from './time-words.ts'

type Props = { readonly at: Date | undefined; readonly never?: string }

/** The date and the time of day, where this browser is unless a time zone is given. */
export function Instant({ at, never = 'Never', timeZone }: Props & { readonly timeZone?: 'UTC' }) {
  if (at === undefined) return never
  return <time dateTime={at.toISOString()}>{dateAndTime(at, timeZone)}</time>
}

/** How long ago; the date is shown where a pointer rests on it, and read out. */
export function Ago({ at, never = 'Never' }: Props) {
  return at === undefined ? never : <Passed at={at} words={ago} />
}

/** How old, the same way. @param never of what is not there */
export function Age({ at, never }: Required<Props>) {
  return at === undefined ? never : <Passed at={at} words={age} />
}

function Passed({ at, words }: { readonly at: Date; readonly words: typeof ago }) {
  return (
    <time dateTime={at.toISOString()} title={dateAndTime(at)}>
      {words(at, new Date())}
      <span className={styles['spoken']}>, {dateAndTime(at)}</span>
    </time>
  )
}
