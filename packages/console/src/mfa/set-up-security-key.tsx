// The browser asks for a passkey or security key (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_fido.html).
// It begins with a press of a button: Safari gives pages a ceremony only then.
import Box from '@cloudscape-design/components/box'
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { CeremonyError, register, useCeremonyEnd } from './ceremony.ts'
import { CeremonyWait } from './ceremony-wait.tsx'
import { EnrolmentActions } from './enrolment-actions.tsx'
import type { Enroller } from './enroller.ts'

export function SetUpSecurityKey({
  deviceName,
  enroller,
  onBack,
}: {
  readonly deviceName: string
  readonly enroller: Enroller
  readonly onBack: () => void
}) {
  const { pending, problem, submit } = useSubmission(
    async () => {
      if (!browserSupportsWebAuthn()) throw new CeremonyError('unsupported')
      await enroller.addSecurityKey(await register(await enroller.newSecurityKey(deviceName)))
    },
    error => (error instanceof CeremonyError ? error.message : enroller.explain(error)),
  )
  useCeremonyEnd()

  return (
    <Step
      heading="Set up device"
      problem={problem}
      begin="heading"
      onSubmit={submit}
      actions={
        <EnrolmentActions
          pending={pending}
          onBack={onBack}
          isBackDisabled={false}
          label="Continue"
          pendingText="Waiting for your passkey or security key"
        />
      }
    >
      {pending ? (
        <CeremonyWait />
      ) : (
        <Box>
          Your browser will ask where to save the passkey. For a security key, insert it now, and
          touch it when it blinks.
        </Box>
      )}
    </Step>
  )
}
