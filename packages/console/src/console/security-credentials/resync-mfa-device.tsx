// Learns from two codes how far a device's clock is off (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_sync.html).
import type { MfaDeviceDetail } from '@twinlock/server/console-api'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { TwoCodes, codesOf, problemOfCodes, useTwoCodes } from '../../mfa/two-codes.tsx'
import { ProblemAlert } from '../../steps/problem-alert.tsx'
import { useSubmission } from '../../steps/use-submission.ts'
import { useNotify } from '../shell/notifications.tsx'
import { clockSentence } from './clock-sentence.ts'
import type { DeviceOwner } from './device-owner.ts'
import { resyncMfaDevice } from './mfa-operations.ts'
import { inWords } from './in-words.ts'

const FORM = 'resync-mfa-device'

export function ResyncMfaDevice({
  owner,
  device: { SerialNumber, DeviceName: name, Method },
  onClose,
}: {
  readonly owner: DeviceOwner
  readonly device: MfaDeviceDetail
  readonly onClose: () => void
}) {
  const notify = useNotify()
  const [codes, setCodes] = useTwoCodes()
  const { pending, problem, submit, refuse } = useSubmission(async () => {
    const drift = await resyncMfaDevice(owner, SerialNumber, codesOf(codes))
    notify(clockSentence(name, drift))
    onClose()
  }, inWords)

  return (
    <Modal
      visible
      header={`Resync ${name}`}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" form={FORM} loading={pending} loadingText="Resynchronizing">
              Resync
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        id={FORM}
        noValidate
        onSubmit={event => {
          event.preventDefault()
          const wrong = problemOfCodes(codes)
          if (wrong === undefined) submit()
          else refuse(wrong)
        }}
      >
        <ProblemAlert problem={problem} />
        <TwoCodes ofToken={Method === 'hardware-token'} codes={codes} onChange={setCodes} />
      </form>
    </Modal>
  )
}
