// What the commands are made of. The profile and the region are kept in this browser.
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { useState } from 'react'
import { keep, membersOf, readKept } from '../../kept.ts'

export type Settings = {
  readonly profile: string
  readonly region: string
  readonly serialNumber: string
}

const KEY = 'twinlock-command-line'
const DEFAULTS: Settings = { profile: 'twinlock', region: 'us-east-1', serialNumber: '' }

export function useCommandSettings(): readonly [Settings, (settings: Settings) => void] {
  const [settings, setSettings] = useState(() => readKept(KEY, settingsIn) ?? DEFAULTS)
  return [
    settings,
    next => {
      keep(KEY, JSON.stringify(next))
      setSettings(next)
    },
  ]
}

function settingsIn(kept: string): Settings {
  const members = membersOf(kept)
  const text = (name: keyof Settings) => {
    const member = members[name]
    return typeof member === 'string' ? member : DEFAULTS[name]
  }
  return { profile: text('profile'), region: text('region'), serialNumber: text('serialNumber') }
}

export function CommandSettings({
  settings,
  devices,
  onChange,
}: {
  readonly settings: Settings
  readonly devices: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (settings: Settings) => void
}) {
  const { profile, region, serialNumber } = settings
  return (
    <Container header={<Header variant="h2">Your commands</Header>}>
      <ColumnLayout columns={3}>
        <FormField label="Profile">
          <Input
            value={profile}
            spellcheck={false}
            onChange={({ detail }) => onChange({ ...settings, profile: detail.value })}
          />
        </FormField>
        <FormField label="Region">
          <Input
            value={region}
            spellcheck={false}
            onChange={({ detail }) => onChange({ ...settings, region: detail.value })}
          />
        </FormField>
        <FormField label="MFA device">
          <Select
            options={devices}
            selectedOption={devices.find(({ value }) => value === serialNumber) ?? null}
            placeholder="No device with codes"
            disabled={devices.length === 0}
            onChange={({ detail }) =>
              onChange({ ...settings, serialNumber: detail.selectedOption.value ?? '' })
            }
          />
        </FormField>
      </ColumnLayout>
    </Container>
  )
}
