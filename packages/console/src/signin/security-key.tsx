// A passkey or security key as the second lock. It begins with a press of a button: browsers give pages a ceremony only then.
import Button from '@cloudscape-design/components/button'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import type { ReactNode } from 'react'
import { CeremonyError, authenticate, useCeremonyEnd } from '../mfa/ceremony.ts'
import { CeremonyWait } from '../mfa/ceremony-wait.tsx'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { rememberMethod } from './last-method.ts'
import type { SecondFactorSteps } from './second-factor.tsx'
import { takeStep } from './sign-in-client.ts'

export function SecurityKey({
  onNext,
  onFail,
  others,
}: SecondFactorSteps & { readonly others: ReactNode }) {
  const { pending, problem, submit } = useSubmission(
    async () => {
      if (!browserSupportsWebAuthn()) throw new CeremonyError('unsupported')
      const { options } = await takeStep('mfa/security-key/options', {})
      const response = await authenticate(options as PublicKeyCredentialRequestOptionsJSON)
      const next = await takeStep('mfa/security-key', { response })
      rememberMethod('security-key')
      onNext(next)
    },
    error => (error instanceof CeremonyError ? error.message : onFail(error)),
  )
  useCeremonyEnd()

  return (
    <Step
      heading="Multi-factor authentication"
      description="Use your passkey or security key."
      problem={problem}
      begin="heading"
      onSubmit={submit}
      actions={
        <Button
          variant="primary"
          fullWidth
          loading={pending}
          loadingText="Waiting for your passkey or security key"
        >
          {problem === undefined ? 'Continue' : 'Try again'}
        </Button>
      }
      others={others}
    >
      {pending && <CeremonyWait />}
    </Step>
  )
}
