// Between two pages.
import Box from '@cloudscape-design/components/box'
import StatusIndicator from '@cloudscape-design/components/status-indicator'

export function Wait({ children }: { readonly children: string }) {
  return (
    <Box textAlign="center" padding={{ vertical: 'xxl' }}>
      <div role="status">
        <StatusIndicator type="loading">{children}</StatusIndicator>
      </div>
    </Box>
  )
}
