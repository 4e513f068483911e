// The own password is changed (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_user-change-own.html).
// All other sessions of its owner end with it.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { signin } from '../../api/signin.ts'
import { NewPassword } from '../../steps/new-password.tsx'
import { PasswordField } from '../../steps/password-field.tsx'
import { ProblemAlert } from '../../steps/problem-alert.tsx'
import { useSubmission } from '../../steps/use-submission.ts'
import { useNotify } from '../shell/notifications.tsx'
import { inWords } from './in-words.ts'
import { usePasswordDemands } from './use-password-demands.ts'

const FORM = 'change-password'

export function ChangePassword({
  isRoot,
  onClose,
}: {
  readonly isRoot: boolean
  readonly onClose: () => void
}) {
  const notify = useNotify()
  const demands = usePasswordDemands(isRoot)
  const [OldPassword, setOldPassword] = useState('')
  const [NewPasswordText, setNewPassword] = useState('')
  const [confirmed, setConfirmed] = useState('')
  const { pending, problem, submit, refuse } = useSubmission(async () => {
    const input = { OldPassword, NewPassword: NewPasswordText }
    await (isRoot ? signin('ChangeRootPassword', input) : iam('ChangePassword', input))
    notify('Your password was changed.')
    onClose()
  }, inWords)

  return (
    <Modal
      visible
      header="Change password"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              form={FORM}
              loading={pending}
              loadingText="Changing the password"
            >
              Change password
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
          if (NewPasswordText === confirmed) submit()
          else refuse('The two passwords differ.')
        }}
      >
        <ProblemAlert problem={problem} />
        <SpaceBetween size="m">
          <PasswordField
            label="Current password"
            value={OldPassword}
            autoComplete="current-password"
            onChange={setOldPassword}
          />
          <NewPassword
            newPassword={NewPasswordText}
            confirmed={confirmed}
            demands={demands}
            onNewPassword={setNewPassword}
            onConfirmed={setConfirmed}
          />
        </SpaceBetween>
      </form>
    </Modal>
  )
}
