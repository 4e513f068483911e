// While the next page is on its way: the one before stands until then, and without a sign a press would seem to do nothing.
import { useNavigation } from 'react-router'
import styles from './page-progress.module.css'

export function PageProgress() {
  if (useNavigation().state === 'idle') return null
  return <div role="progressbar" aria-label="Loading the page" className={styles['progress']} />
}
