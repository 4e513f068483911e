// The own password is changed (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_user-change-own.html).
// All other sessions of its owner end with it.
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { signin } from '../../api/signin.ts'
import { NewPassword } from '../../steps/new-password.tsx'
import { PasswordField } from '../../steps/password-field.tsx'
import { ChangeModal } from '../change-modal.tsx'
import { usePasswordDemands } from './use-password-demands.ts'

export function ChangePassword({
  isRoot,
  onClose,
}: {
  readonly isRoot: boolean
  readonly onClose: () => void
}) {
  const demands = usePasswordDemands(isRoot)
  const [oldPassword, setOldPassword] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [confirmed, setConfirmed] = useState('')
  const perform = async () => {
    if (newPassword !== confirmed) throw new Error('The two passwords differ.')
    const input = { OldPassword: oldPassword, NewPassword: newPassword }
    await (isRoot ? signin('ChangeRootPassword', input) : iam('ChangePassword', input))
  }
  return (
    <ChangeModal
      title="Change password"
      submitText="Change password"
      perform={perform}
      done="Your password was changed."
      onClose={onClose}
    >
      <PasswordField
        label="Current password"
        value={oldPassword}
        autoComplete="current-password"
        onChange={setOldPassword}
      />
      <NewPassword
        newPassword={newPassword}
        confirmed={confirmed}
        demands={demands}
        onNewPassword={setNewPassword}
        onConfirmed={setConfirmed}
      />
    </ChangeModal>
  )
}
