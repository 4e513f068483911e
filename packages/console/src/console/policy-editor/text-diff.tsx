// Two texts as one, with what is gone and what is new marked by sign and by colour.
import { useMemo } from 'react'
import type { DiffLine } from './line-diff.ts'
import { lineDiff } from './line-diff.ts'
import styles from './text-diff.module.css'

type Props = { readonly before: string; readonly after: string }

const SIGNS = { kept: ' ', removed: '−', added: '+' } as const
const SPOKEN = { kept: '', removed: 'Removed: ', added: 'Added: ' } as const

export function TextDiff({ before, after }: Props) {
  const lines = useMemo(() => lineDiff(before, after), [before, after])
  return (
    <div className={styles['diff']} role="region" aria-label="Differences" tabIndex={0}>
      {lines.map(line => (
        <Line key={`${line.before} ${line.after}`} line={line} />
      ))}
    </div>
  )
}

function Line({ line: { change, text, before, after } }: { readonly line: DiffLine }) {
  return (
    <div className={styles[change]}>
      <span className={styles['number']} aria-hidden>
        {before}
      </span>
      <span className={styles['number']} aria-hidden>
        {after}
      </span>
      <span className={styles['sign']} aria-hidden>
        {SIGNS[change]}
      </span>
      {change !== 'kept' && <span className={styles['spoken']}>{SPOKEN[change]}</span>}
      <span>{text}</span>
    </div>
  )
}
