// A token with a display (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_physical.html).
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { EnrolmentActions } from './enrolment-actions.tsx'
import type { Enroller } from './enroller.ts'
import { TwoCodes, codesOf, problemOfCodes, useTwoCodes } from './two-codes.tsx'

export function SetUpHardwareToken({
  enroller,
  onBack,
}: {
  readonly enroller: Enroller
  readonly onBack: () => void
}) {
  const [serialNumber, setSerialNumber] = useState('')
  const [codes, setCodes] = useTwoCodes()
  const { pending, problem, submit, refuse } = useSubmission(
    () => enroller.addHardwareToken(serialNumber.trim(), codesOf(codes)),
    enroller.explain,
  )

  return (
    <Step
      heading="Set up device"
      problem={problem}
      onSubmit={() => {
        const wrong =
          serialNumber.trim() === ''
            ? 'Enter the serial number of the token.'
            : problemOfCodes(codes)
        if (wrong === undefined) submit()
        else refuse(wrong)
      }}
      actions={<EnrolmentActions pending={pending} onBack={onBack} />}
    >
      <FormField label="Serial number" constraintText="It is printed on the back of the token.">
        <Input
          name="serial-number"
          value={serialNumber}
          autoComplete={false}
          disableBrowserAutocorrect
          spellcheck={false}
          ariaRequired
          onChange={({ detail }) => setSerialNumber(detail.value)}
        />
      </FormField>
      <TwoCodes ofToken codes={codes} onChange={setCodes} />
    </Step>
  )
}
