// What went wrong, read out when it comes. The region is there before its words are: not every screen reader reads out what comes
// together with its region.
import Alert from '@cloudscape-design/components/alert'
import styles from './announcement.module.css'

/** What went wrong, in plain words. A new object is a new problem, though it says the same. */
export type Problem = { readonly text: string }

export function ProblemAlert({ problem }: { readonly problem: Problem | undefined }) {
  return (
    <div role="alert" className={styles['announcement']}>
      {problem !== undefined && (
        <Alert type="error" statusIconAriaLabel="Error">
          {problem.text}
        </Alert>
      )}
    </div>
  )
}
