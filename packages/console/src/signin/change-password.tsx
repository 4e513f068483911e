// A password that must be changed is changed before anything else
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_user-change-own.html).
import Button from '@cloudscape-design/components/button'
import type { SignInState } from '@twinlock/server/console-api'
import { useState } from 'react'
import { NewPassword } from '../steps/new-password.tsx'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { demandsOf } from '../steps/password-demands.ts'
import { takeStep } from './sign-in-client.ts'
import type { StepFailed } from './step-failed.ts'
import { useTitle } from './use-title.ts'

type Asked = Extract<SignInState, { readonly state: 'change-password' }>

const REASONS: Readonly<Record<Asked['reason'], string>> = {
  'first-sign-in': 'This is your first sign-in. Replace the password that you were given.',
  reset: 'An administrator has reset your password, or wants you to change it.',
  expired: 'Your password has expired.',
}

export function ChangePassword({
  reason,
  requirements,
  onNext,
  onFail,
}: Asked & {
  readonly onNext: (state: SignInState) => void
  readonly onFail: StepFailed
}) {
  const [newPassword, setNewPassword] = useState('')
  const [confirmed, setConfirmed] = useState('')
  const { pending, problem, submit, refuse } = useSubmission(
    async () => onNext(await takeStep('change-password', { newPassword })),
    onFail,
  )
  useTitle('Change your password')

  return (
    <Step
      heading="Change your password"
      description={`${REASONS[reason]} You must choose a new password before you go on.`}
      problem={problem}
      onSubmit={() => (newPassword === confirmed ? submit() : refuse('The two passwords differ.'))}
      actions={
        <Button variant="primary" fullWidth loading={pending} loadingText="Changing the password">
          Confirm password change
        </Button>
      }
    >
      <NewPassword
        newPassword={newPassword}
        confirmed={confirmed}
        demands={demandsOf(requirements)}
        onNewPassword={setNewPassword}
        onConfirmed={setConfirmed}
      />
    </Step>
  )
}
