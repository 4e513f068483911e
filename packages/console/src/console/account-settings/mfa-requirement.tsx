// Whether users without a device are asked to enrol one when they sign in, and from when on they must.
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import DatePicker from '@cloudscape-design/components/date-picker'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import RadioGroup from '@cloudscape-design/components/radio-group'
import type { MfaRequirementSetting } from '@twinlock/server/console-api'
import { useState } from 'react'
import { signin, useSignin } from '../../api/signin.ts'
import { ChangeModal } from '../change-modal.tsx'
import { Failure } from '../failure.tsx'
import { Instant } from '../instant.tsx'

const MODES = [
  {
    value: 'off',
    label: 'Off',
    description: 'Users may enrol a device. Nobody asks them to.',
  },
  {
    value: 'prompt',
    label: 'Prompt',
    description: 'Sign-in offers to enrol one; it can be put off.',
  },
  {
    value: 'require',
    label: 'Require from a date on',
    description: 'Until then it can be put off, afterwards nobody signs in without a device.',
  },
] as const satisfies readonly {
  readonly value: MfaRequirementSetting['Mode']
  readonly label: string
  readonly description: string
}[]

export function MfaRequirement() {
  const { data, error } = useSignin('GetMFARequirement', {})
  const [isOpen, setOpen] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What console sign-in asks of users without an MFA device. What policies ask of API requests is independent of it."
          actions={
            <Button disabled={data === undefined} onClick={() => setOpen(true)}>
              Edit
            </Button>
          }
        >
          MFA at sign-in
        </Header>
      }
    >
      {error && <Failure error={error} />}
      {data && (
        <KeyValuePairs
          columns={2}
          items={[
            {
              label: 'Users without MFA',
              value: MODES.find(({ value }) => value === data.Mode)?.label,
            },
            ...(data.By === undefined
              ? []
              : [{ label: 'Required from', value: <Instant at={new Date(data.By)} /> }]),
          ]}
        />
      )}
      {isOpen && data && <EditRequirement before={data} onClose={() => setOpen(false)} />}
    </Container>
  )
}

function EditRequirement({
  before,
  onClose,
}: {
  readonly before: MfaRequirementSetting
  readonly onClose: () => void
}) {
  const [Mode, setMode] = useState(before.Mode)
  const [day, setDay] = useState(before.By?.slice(0, 10) ?? '')
  const setting: MfaRequirementSetting =
    Mode === 'require' ? { Mode, By: `${day}T00:00:00.000Z` } : { Mode }
  return (
    <ChangeModal
      title="MFA at sign-in"
      submitText="Save changes"
      isReady={Mode !== 'require' || /^\d{4}-\d{2}-\d{2}$/.test(day)}
      perform={() => signin('PutMFARequirement', setting)}
      done="What sign-in asks of users without MFA was changed."
      onClose={onClose}
    >
      <FormField label="Users without an MFA device">
        <RadioGroup
          value={Mode}
          items={MODES}
          onChange={({ detail }) =>
            setMode(MODES.find(({ value }) => value === detail.value)?.value ?? 'off')
          }
        />
      </FormField>
      {Mode === 'require' && (
        <FormField label="Required from" constraintText="Year/month/day, at midnight UTC.">
          <DatePicker
            value={day}
            placeholder="YYYY/MM/DD"
            openCalendarAriaLabel={chosen =>
              chosen === null ? 'Choose a date' : `Choose a date, ${chosen} is chosen`
            }
            onChange={({ detail }) => setDay(detail.value)}
          />
        </FormField>
      )}
    </ChangeModal>
  )
}
