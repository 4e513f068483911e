// Learns from two codes how far a device's clock is off (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_sync.html).
import type { MfaDeviceDetail } from '@twinlock/server/console-api'
import { TwoCodes, codesOf, problemOfCodes, useTwoCodes } from '../../mfa/two-codes.tsx'
import { ChangeModal } from '../change-modal.tsx'
import { clockSentence } from './clock-sentence.ts'
import type { CredentialOwner } from './credential-owner.ts'
import { resyncMfaDevice } from './mfa-operations.ts'

export function ResyncMfaDevice({
  owner,
  device: { SerialNumber, DeviceName: name, Method },
  onClose,
}: {
  readonly owner: CredentialOwner
  readonly device: MfaDeviceDetail
  readonly onClose: () => void
}) {
  const [codes, setCodes] = useTwoCodes()
  return (
    <ChangeModal
      title={`Resync ${name}`}
      submitText="Resync"
      perform={async () => {
        const problem = problemOfCodes(codes)
        if (problem !== undefined) throw new Error(problem)
        return resyncMfaDevice(owner, SerialNumber, codesOf(codes))
      }}
      done={drift => clockSentence(name, drift)}
      onClose={onClose}
    >
      <TwoCodes ofToken={Method === 'hardware-token'} codes={codes} onChange={setCodes} />
    </ChangeModal>
  )
}
