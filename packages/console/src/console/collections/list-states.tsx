// What a list says instead of rows.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'

/** @param action what can be done about it */
export function Empty({ noun, action }: { readonly noun: string; readonly action: ReactNode }) {
  return (
    <SpaceBetween size="s" alignItems="center">
      <Box variant="strong" color="inherit">
        No {noun}
      </Box>
      {action}
    </SpaceBetween>
  )
}

export function NoMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <SpaceBetween size="s" alignItems="center">
      <Box variant="strong" color="inherit">
        No matches
      </Box>
      <Button formAction="none" onClick={onClear}>
        Clear filter
      </Button>
    </SpaceBetween>
  )
}
