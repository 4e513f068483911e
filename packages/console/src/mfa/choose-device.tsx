// The first screen of "Assign MFA device": a name and a kind.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tiles from '@cloudscape-design/components/tiles'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { Step } from '../steps/step.tsx'
import { useSubmission } from '../steps/use-submission.ts'
import { problemOfDeviceName } from './device-name.ts'
import { ALL_MFA_KINDS, MFA_KINDS } from './mfa-kinds.ts'
import type { MfaKind } from './mfa-kinds.ts'

export type Chosen = { readonly deviceName: string; readonly kind: MfaKind }

export function ChooseDevice({
  heading,
  description,
  chosen,
  onChoose,
  explain,
  secondary,
}: {
  readonly heading: string
  readonly description?: ReactNode
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => Promise<void>
  readonly explain: (error: unknown) => string
  /** Beside "Next": how to leave. */
  readonly secondary?: ReactNode
}) {
  const [deviceName, setDeviceName] = useState(chosen.deviceName)
  const [kind, setKind] = useState(chosen.kind)
  const [nameProblem, setNameProblem] = useState<string>()
  // A token is called by the serial number that is printed on it.
  const isNamed = kind !== 'hardware-token'
  const { pending, problem, submit } = useSubmission(() => onChoose({ deviceName, kind }), explain)

  return (
    <Step
      heading={heading}
      description={description}
      problem={problem}
      begin={description === undefined ? 'field' : 'heading'}
      onSubmit={() => {
        const wrong = isNamed ? problemOfDeviceName(deviceName) : undefined
        setNameProblem(wrong)
        if (wrong === undefined) submit()
      }}
      actions={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {secondary}
            <Button variant="primary" loading={pending} loadingText="Preparing the device">
              Next
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <FormField
        label="Device name"
        constraintText={
          isNamed
            ? 'Up to 64 letters, digits and + = , . @ - _'
            : 'A hardware token goes by its serial number.'
        }
        errorText={nameProblem}
        i18nStrings={{ errorIconAriaLabel: 'Error' }}
      >
        <Input
          name="device-name"
          value={deviceName}
          autoComplete={false}
          disableBrowserAutocorrect
          spellcheck={false}
          ariaRequired={isNamed}
          disabled={!isNamed}
          onChange={({ detail }) => setDeviceName(detail.value)}
        />
      </FormField>
      <FormField label="MFA device">
        <Tiles
          name="kind"
          columns={1}
          value={kind}
          onChange={({ detail }) => setKind(detail.value as MfaKind)}
          items={ALL_MFA_KINDS.map(value => ({
            value,
            label: MFA_KINDS[value].label,
            description: MFA_KINDS[value].what,
          }))}
        />
      </FormField>
    </Step>
  )
}
