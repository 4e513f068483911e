// A code of an authenticator app or a hardware token. A code of any device of the kind will do.
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { CodeField, isCode } from '../mfa/code-field.tsx'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { rememberMethod } from './last-method.ts'
import type { SecondFactorState, SecondFactorSteps } from './second-factor.tsx'
import { SignInProblem, takeStep } from './sign-in-client.ts'

const ASK = {
  totp: 'Enter the code that your authenticator app shows.',
  'hardware-token': 'Enter the code that your hardware token shows.',
} as const

export function MfaCode({
  method,
  devices,
  resynced,
  offerResync,
  onNext,
  onFail,
  onResync,
  others,
}: SecondFactorState &
  SecondFactorSteps & {
    readonly method: keyof typeof ASK
    readonly onResync: () => void
    readonly others: ReactNode
  }) {
  const [code, setCode] = useState('')
  const [isResyncOffered, setResyncOffered] = useState(offerResync)
  const { pending, problem, submit, refuse } = useSubmission(
    async () => {
      const next = await takeStep('mfa/code', { method, code })
      rememberMethod(method)
      onNext(next)
    },
    error => {
      setCode('')
      if (error instanceof SignInProblem && error.offerResync) setResyncOffered(true)
      return onFail(error)
    },
  )

  return (
    <Step
      heading="Multi-factor authentication"
      description={ASK[method]}
      problem={problem}
      notice={
        isResyncOffered ? (
          <ResyncOffer onResync={onResync} />
        ) : (
          resynced && (
            <Alert type="success" statusIconAriaLabel="Success">
              {clockSentence(resynced)} Wait for the next code and enter it.
            </Alert>
          )
        )
      }
      onSubmit={() => (isCode(code) ? submit() : refuse('Enter the code: six to eight digits.'))}
      actions={
        <Button variant="primary" fullWidth loading={pending} loadingText="Checking the code">
          Submit
        </Button>
      }
      others={others}
    >
      <CodeField
        label="MFA code"
        value={code}
        onChange={setCode}
        constraint={namesOf(devices.filter(device => device.method === method))}
      />
    </Step>
  )
}

/** The server knows how far the clock is off, and says it no finer than two codes can tell. */
const clockSentence = ({ inWords }: NonNullable<SecondFactorState['resynced']>) =>
  inWords === undefined
    ? "Your device's clock is right."
    : `Your device's clock is ${inWords}. That is taken into account from now on.`

function ResyncOffer({ onResync }: { readonly onResync: () => void }) {
  return (
    <Alert
      type="info"
      statusIconAriaLabel="Information"
      header="Do right codes fail?"
      action={
        <Button formAction="none" onClick={onResync}>
          Resynchronize
        </Button>
      }
    >
      The clock of your device may be off. Two codes that follow each other set it right.
    </Alert>
  )
}

/** With several devices of the kind: which they are. */
const namesOf = (devices: SecondFactorState['devices']) =>
  devices.length > 1 ? `Of ${devices.map(({ deviceName }) => deviceName).join(' or ')}` : undefined
