// What sign-in asks of users: whether those without a device are asked to enrol one, from when on they must, and what their keys verify.
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import DatePicker from '@cloudscape-design/components/date-picker'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import RadioGroup from '@cloudscape-design/components/radio-group'
import type { MfaRequirementSetting } from '@twinlock/server/console-api'
import { useState } from 'react'
import { known } from '../../api/reading.ts'
import { signin, useSignin } from '../../api/signin.ts'
import { ChangeModal } from '../change-modal.tsx'
import { Instant } from '../instant.tsx'
import { Read } from '../read.tsx'

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

const VERIFICATIONS = [
  {
    value: 'preferred',
    label: 'A touch is enough',
    description: 'Keys without a PIN or a fingerprint are welcome. They follow a password.',
  },
  {
    value: 'required',
    label: 'PIN, fingerprint or face',
    description:
      'Keys of users that only feel a touch open nothing any more, those registered already included. Root’s are not bound by it.',
  },
] as const satisfies readonly {
  readonly value: NonNullable<MfaRequirementSetting['UserVerification']>
  readonly label: string
  readonly description: string
}[]

export function MfaRequirement() {
  const reading = useSignin('GetMFARequirement', {})
  const setting = known(reading)
  const [isOpen, setOpen] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What console sign-in asks of users. What policies ask of API requests is independent of it."
          actions={
            <Button disabled={setting === undefined} onClick={() => setOpen(true)}>
              Edit
            </Button>
          }
        >
          MFA at sign-in
        </Header>
      }
    >
      <Read of={reading} what="What sign-in asks">
        {({ Mode, By, UserVerification }) => (
          <KeyValuePairs
            columns={3}
            items={[
              {
                label: 'Users without MFA',
                value: MODES.find(({ value }) => value === Mode)?.label,
              },
              ...(By === undefined
                ? []
                : [
                    {
                      label: 'Required from',
                      value: <Instant at={new Date(By)} timeZone="UTC" />,
                    },
                  ]),
              {
                label: 'Security keys verify their user by',
                value: VERIFICATIONS.find(({ value }) => value === UserVerification)?.label,
              },
            ]}
          />
        )}
      </Read>
      {isOpen && setting && <EditRequirement before={setting} onClose={() => setOpen(false)} />}
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
  const [UserVerification, setVerification] = useState(before.UserVerification ?? 'preferred')
  const setting: MfaRequirementSetting = {
    Mode,
    UserVerification,
    ...(Mode === 'require' && { By: dayBegins(day) }),
  }
  return (
    <ChangeModal
      title="MFA at sign-in"
      submitText="Save changes"
      isReady={Mode !== 'require' || isDay(day)}
      perform={() => signin('PutMFARequirement', setting)}
      done="What sign-in asks of users was changed."
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
      {Mode === 'require' && isDay(day) && new Date(dayBegins(day)) <= new Date() && (
        <Alert type="warning">
          The date has passed: from now on, users without a device enrol one before they are let in.
        </Alert>
      )}
      <FormField label="Security keys verify their user by">
        <RadioGroup
          value={UserVerification}
          items={VERIFICATIONS}
          onChange={({ detail }) =>
            setVerification(
              VERIFICATIONS.find(({ value }) => value === detail.value)?.value ?? 'preferred',
            )
          }
        />
      </FormField>
    </ChangeModal>
  )
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text)

/** For everybody at the same moment, wherever they are. */
const dayBegins = (day: string) => `${day}T00:00:00.000Z`
