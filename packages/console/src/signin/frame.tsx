// What stays while the steps change: the name above, the card in the middle.
import Box from '@cloudscape-design/components/box'
import type { ReactNode } from 'react'
import styles from './frame.module.css'

export function Frame({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles['page']}>
      <header className={styles['brand']}>
        <img src="/console/icon.svg" alt="" width="32" height="32" />
        <Box variant="span" fontSize="heading-xl" fontWeight="bold">
          Twinlock
        </Box>
      </header>
      <main className={styles['card']}>{children}</main>
    </div>
  )
}
