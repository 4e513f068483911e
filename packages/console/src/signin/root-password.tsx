// The root user's password.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { SignInState } from '@twinlock/server/console-api'
import { useState } from 'react'
import { PasswordField } from '../steps/password-field.tsx'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { returnTo } from './return-to.ts'
import { explain, takeStep } from './sign-in-client.ts'
import { Trouble } from './trouble.tsx'
import { useTitle } from './use-title.ts'

export function RootPassword({
  email,
  onNext,
  onBack,
}: {
  readonly email: string
  readonly onNext: (state: SignInState) => void
  readonly onBack: () => void
}) {
  const [password, setPassword] = useState('')
  const { pending, problem, submit, refuse } = useSubmission(
    async () =>
      onNext(await takeStep('password', { kind: 'root', email, password, ...returnTo() })),
    error => {
      setPassword('')
      return explain(error)
    },
  )
  useTitle('Root user sign in')

  return (
    <Step
      heading="Root user sign in"
      description={<Box color="inherit">{email}</Box>}
      problem={problem}
      onSubmit={() => (password === '' ? refuse('Enter your password.') : submit())}
      actions={
        <SpaceBetween size="s">
          <Button variant="primary" fullWidth loading={pending} loadingText="Signing in">
            Sign in
          </Button>
          <Button formAction="none" fullWidth disabled={pending} onClick={onBack}>
            Sign in to a different account
          </Button>
        </SpaceBetween>
      }
      others={
        <Trouble>
          Forgot the root password? Whoever runs this server can set a new one:{' '}
          <Box variant="code">twinlock root reset-password</Box>.
        </Trouble>
      }
    >
      {/* For password managers: whose password this is. */}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label="Password"
        value={password}
        autoComplete="current-password"
        onChange={setPassword}
      />
    </Step>
  )
}
