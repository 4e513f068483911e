// A link opens the console as somebody, and somebody else is signed in: whoever sits here says who goes on.
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { SignInState } from '@twinlock/server/console-api'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { returnTo } from './return-to.ts'
import { takeStep } from './sign-in-client.ts'
import type { StepFailed } from './step-failed.ts'
import { useTitle } from './use-title.ts'

export function FederatedSignIn({
  signedInAs,
  continueAs,
  onNext,
  onFail,
}: Extract<SignInState, { readonly state: 'federation' }> & {
  readonly onNext: (state: SignInState) => void
  readonly onFail: StepFailed
}) {
  const goOn = useSubmission(
    async () => onNext(await takeStep('federation/continue', returnTo())),
    onFail,
  )
  const stay = useSubmission(async () => onNext(await takeStep('federation/stay', {})), onFail)
  useTitle('Switch session')

  return (
    <Step
      heading="Switch session?"
      description={
        signedInAs === undefined
          ? `A link opens the console as ${continueAs}.`
          : `You are signed in as ${signedInAs}. A link opens the console as ${continueAs}, and ends your session.`
      }
      problem={goOn.problem ?? stay.problem}
      begin="heading"
      onSubmit={goOn.submit}
      actions={
        <SpaceBetween size="s">
          <Button variant="primary" fullWidth loading={goOn.pending} loadingText="Signing in">
            Continue
          </Button>
          <Button
            fullWidth
            formAction="none"
            loading={stay.pending}
            loadingText="Opening the console"
            onClick={stay.submit}
          >
            {signedInAs === undefined ? 'Cancel' : 'Stay signed in'}
          </Button>
        </SpaceBetween>
      }
    />
  )
}
