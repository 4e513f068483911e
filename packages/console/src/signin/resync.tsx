// Two consecutive codes tell how far a device's clock is off (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_sync.html).
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { SignInDevice } from '@twinlock/server/console-api'
import { useState } from 'react'
import { TwoCodes, problemOfCodes, useTwoCodes } from '../mfa/two-codes.tsx'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import type { SecondFactorSteps } from './second-factor.tsx'
import { takeStep } from './sign-in-client.ts'

export function Resync({
  devices,
  onNext,
  onFail,
  onBack,
}: SecondFactorSteps & {
  /** Those that have codes. */
  readonly devices: readonly SignInDevice[]
  readonly onBack: () => void
}) {
  const [serialNumber, setSerialNumber] = useState(devices[0]?.serialNumber ?? '')
  const device = devices.find(each => each.serialNumber === serialNumber)
  const [codes, setCodes] = useTwoCodes()
  const { pending, problem, submit, refuse } = useSubmission(async () => {
    onNext(await takeStep('mfa/resync', { serialNumber, code1: codes.first, code2: codes.second }))
  }, onFail)

  return (
    <Step
      heading="Resynchronize your device"
      description="Enter two codes that follow each other."
      problem={problem}
      onSubmit={() => {
        const wrong = problemOfCodes(codes)
        if (wrong === undefined) submit()
        else refuse(wrong)
      }}
      actions={
        <SpaceBetween size="s">
          <Button variant="primary" fullWidth loading={pending} loadingText="Resynchronizing">
            Resynchronize
          </Button>
          <Button formAction="none" fullWidth disabled={pending} onClick={onBack}>
            Back
          </Button>
        </SpaceBetween>
      }
    >
      {devices.length > 1 && (
        <FormField label="Device">
          <RadioGroup
            value={serialNumber}
            onChange={({ detail }) => setSerialNumber(detail.value)}
            items={devices.map(device => ({
              value: device.serialNumber,
              label: device.deviceName,
            }))}
          />
        </FormField>
      )}
      <TwoCodes ofToken={device?.method === 'hardware-token'} codes={codes} onChange={setCodes} />
    </Step>
  )
}
