// A ring that runs out with the code that an app shows, by this computer's clock.
import Box from '@cloudscape-design/components/box'
import { useEffect, useState } from 'react'
import styles from './next-code.module.css'
import { STEP_SECONDS, secondsLeft, stepOf } from './time-step.ts'

const RADIUS = 15
const CIRCUMFERENCE = 2 * Math.PI * RADIUS

/** @param since the time step of the first code, when it is typed already */
export function NextCode({ since }: { readonly since: number | undefined }) {
  const now = useNow()
  const left = secondsLeft(now)
  const changed = since !== undefined && stepOf(now) > since
  return (
    <div className={styles['row']}>
      <svg className={styles['ring']} viewBox="0 0 36 36" aria-hidden="true">
        <circle className={styles['track']} cx="18" cy="18" r={RADIUS} />
        <circle
          className={styles['left']}
          cx="18"
          cy="18"
          r={RADIUS}
          strokeDasharray={CIRCUMFERENCE}
          strokeDashoffset={CIRCUMFERENCE * (1 - left / STEP_SECONDS)}
        />
        <text className={styles['seconds']} x="18" y="18">
          {left}
        </text>
      </svg>
      <Box color="text-body-secondary" fontSize="body-s">
        {/* Changes at most once a code: the seconds are for the eye alone. */}
        <span role="status">{instruction(since, changed)}</span>
      </Box>
    </div>
  )
}

function instruction(since: number | undefined, changed: boolean) {
  if (since === undefined) return 'Your device shows a new code every 30 seconds.'
  return changed
    ? 'Now enter the code that your device shows.'
    : 'Wait until your device shows the next code.'
}

function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  return now
}
