// Takes a device from its owner: who lost it, or has another.
import type { MfaDeviceDetail } from '@twinlock/server/console-api'
import { ConfirmModal } from '../confirm-modal.tsx'
import type { CredentialOwner } from './credential-owner.ts'
import { removeMfaDevice } from './mfa-operations.ts'

export function RemoveMfaDevice({
  owner,
  device: { SerialNumber, DeviceName: name },
  onClose,
}: {
  readonly owner: CredentialOwner
  readonly device: MfaDeviceDetail
  readonly onClose: () => void
}) {
  return (
    <ConfirmModal
      title={`Remove ${name}?`}
      confirmation={name}
      verb="Remove"
      perform={() => removeMfaDevice(owner, SerialNumber)}
      done={`${name} was removed.`}
      onClose={onClose}
    >
      Nobody can sign in with this device any more. Without another one,{' '}
      {owner.userName ?? 'the root user'} signs in with a password alone, and policies that ask for
      MFA deny.
    </ConfirmModal>
  )
}
