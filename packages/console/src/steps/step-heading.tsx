// The heading of a step. It takes the focus where a step has no field to begin with.
import Box from '@cloudscape-design/components/box'
import type { ReactNode } from 'react'
import styles from './step-heading.module.css'

export function StepHeading({
  id,
  description,
  children,
}: {
  readonly id: string
  readonly description: ReactNode
  readonly children: string
}) {
  return (
    <>
      <Box
        variant="h1"
        padding="n"
        nativeAttributes={{ id, tabIndex: -1, className: styles['heading'] ?? '' }}
      >
        {children}
      </Box>
      {description !== undefined && <Box color="text-body-secondary">{description}</Box>}
    </>
  )
}
