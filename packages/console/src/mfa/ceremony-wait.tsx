// While the browser's own dialog is open.
import Box from '@cloudscape-design/components/box'
import Spinner from '@cloudscape-design/components/spinner'

export function CeremonyWait() {
  return (
    <div role="status">
      <Box color="text-body-secondary">
        <Spinner /> Follow your browser. If you use a security key, touch it when it blinks.
      </Box>
    </div>
  )
}
