// Help for those who cannot go on. It tells nothing that depends on who they are.
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import type { ReactNode } from 'react'

export function Trouble({
  heading = 'Trouble signing in?',
  children,
}: {
  readonly heading?: string
  readonly children: ReactNode
}) {
  return (
    <ExpandableSection headerText={heading}>
      <Box color="text-body-secondary">{children}</Box>
    </ExpandableSection>
  )
}
