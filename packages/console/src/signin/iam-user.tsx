// An IAM user signs in on one page (https://docs.aws.amazon.com/signin/latest/userguide/introduction-to-iam-user-sign-in-tutorial.html).
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import type { SignInState } from '@twinlock/server/console-api'
import { useState } from 'react'
import { PasswordField } from '../steps/password-field.tsx'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { expectedUser, remember, rememberedUser } from './remembered-user.ts'
import { returnTo } from './return-to.ts'
import { explain, takeStep } from './sign-in-client.ts'
import { TextField } from './text-field.tsx'
import { Trouble } from './trouble.tsx'

export function IamUser({
  notice,
  onNext,
}: {
  readonly notice: string | undefined
  readonly onNext: (state: SignInState) => void
}) {
  const [{ account, userName }, setUser] = useState(expectedUser)
  const [password, setPassword] = useState('')
  const [isRemembered, setRemembered] = useState(() => rememberedUser().account !== '')
  const { pending, problem, submit, refuse } = useSubmission(
    async () => {
      const next = await takeStep('password', {
        kind: 'user',
        account: account.trim(),
        userName: userName.trim(),
        password,
        ...returnTo(),
      })
      remember(isRemembered ? { account: account.trim(), userName: userName.trim() } : undefined)
      onNext(next)
    },
    error => {
      setPassword('')
      return explain(error)
    },
  )

  return (
    <Step
      heading="Sign in"
      description="As an IAM user of an account"
      problem={problem}
      notice={
        notice !== undefined && (
          <Alert type="info" statusIconAriaLabel="Information">
            {notice}
          </Alert>
        )
      }
      onSubmit={() => {
        if (account.trim() === '' || userName.trim() === '' || password === '') {
          refuse('Enter the account, your user name and your password.')
        } else submit()
      }}
      actions={
        <Button variant="primary" fullWidth loading={pending} loadingText="Signing in">
          Sign in
        </Button>
      }
      others={
        <Trouble>
          Forgot your password? An administrator of the account can set a new one. You can reach
          yours if you do not know the account ID, too.
        </Trouble>
      }
    >
      <TextField
        label="Account ID or alias"
        name="account"
        value={account}
        autoComplete="organization"
        onChange={value => setUser({ account: value, userName })}
      />
      <TextField
        label="IAM user name"
        name="username"
        value={userName}
        autoComplete="username"
        onChange={value => setUser({ account, userName: value })}
      />
      <PasswordField
        label="Password"
        value={password}
        autoComplete="current-password"
        onChange={setPassword}
      />
      <Checkbox checked={isRemembered} onChange={({ detail }) => setRemembered(detail.checked)}>
        Remember this account
      </Checkbox>
    </Step>
  )
}
