// How far reading the users of a large account has come.
import LiveRegion from '@cloudscape-design/components/live-region'
import StatusIndicator from '@cloudscape-design/components/status-indicator'

export function LoadingUsers({ read }: { readonly read: number }) {
  return (
    <LiveRegion>
      <StatusIndicator type="loading">
        Loading users{read > 0 && ` ${read.toLocaleString('en')}`} …
      </StatusIndicator>
    </LiveRegion>
  )
}
