// A sentence with the icon of its weight. Cloudscape's status indicator is for words: it breaks sentences within them.
import Box from '@cloudscape-design/components/box'
import Icon from '@cloudscape-design/components/icon'
import type { PropsWithChildren } from 'react'

type Status = 'success' | 'warning' | 'error' | 'info'

const SHOWN = {
  success: { icon: 'status-positive', color: 'text-status-success', spoken: 'Good' },
  warning: { icon: 'status-warning', color: 'text-status-warning', spoken: 'Warning' },
  error: { icon: 'status-negative', color: 'text-status-error', spoken: 'Error' },
  info: { icon: 'status-info', color: 'text-status-info', spoken: 'Suggestion' },
} as const

export function DescribedStatus({
  status,
  children,
}: PropsWithChildren<{ readonly status: Status }>) {
  const { icon, color, spoken } = SHOWN[status]
  const variant = status === 'info' ? 'link' : status
  return (
    <Box display="inline" color={color} fontWeight="bold">
      <Icon name={icon} variant={variant} ariaLabel={spoken} /> {children}
    </Box>
  )
}
