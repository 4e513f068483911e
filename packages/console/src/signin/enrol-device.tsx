// Whoever must have a second factor gets one here, and can do nothing else before. While it may be put off, the date is told
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html).
import Button from '@cloudscape-design/components/button'
import type { SignInState } from '@twinlock/server/console-api'
import { AssignMfaDevice } from '../mfa/assign-mfa-device.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { enrolmentOf } from './sign-in-enroller.ts'
import { takeStep } from './sign-in-client.ts'
import type { StepFailed } from './step-failed.ts'
import { useTitle } from './use-title.ts'

export function EnrolDevice({
  required,
  by,
  onNext,
  onFail,
}: Extract<SignInState, { readonly state: 'enrol' }> & {
  readonly onNext: (state: SignInState) => void
  readonly onFail: StepFailed
}) {
  useTitle('Register MFA')
  return (
    <AssignMfaDevice
      heading="Register MFA"
      description={reasonOf(required, by)}
      enroller={enrolmentOf(onNext, onFail)}
      secondary={required ? undefined : <Later onNext={onNext} onFail={onFail} />}
    />
  )
}

function Later({
  onNext,
  onFail,
}: {
  readonly onNext: (state: SignInState) => void
  readonly onFail: StepFailed
}) {
  const { pending, submit } = useSubmission(
    async () => onNext(await takeStep('enrol/later', {})),
    onFail,
  )
  return (
    <Button
      variant="link"
      formAction="none"
      loading={pending}
      loadingText="Signing in"
      onClick={submit}
    >
      Skip for now
    </Button>
  )
}

/** The day as the account's administrator set it: it begins at midnight UTC. */
const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' })

function reasonOf(required: boolean, by: string | undefined): string {
  const need = 'With MFA, a stolen password opens nothing.'
  if (required) return `${need} You need a device to finish signing in; it takes a minute.`
  if (by === undefined) return `${need} Your account recommends it; it takes a minute.`
  return `${need} It takes a minute. From ${DATE.format(new Date(by))} on you cannot sign in without a device.`
}
