// The buttons below each way to set up a device.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'

export function EnrolmentActions({
  pending,
  onBack,
  isBackDisabled = pending,
  label = 'Add MFA',
  pendingText = 'Adding the device',
}: {
  readonly pending: boolean
  readonly onBack: () => void
  readonly isBackDisabled?: boolean
  readonly label?: string
  readonly pendingText?: string
}) {
  return (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" formAction="none" disabled={isBackDisabled} onClick={onBack}>
          Previous
        </Button>
        <Button variant="primary" loading={pending} loadingText={pendingText}>
          {label}
        </Button>
      </SpaceBetween>
    </Box>
  )
}
