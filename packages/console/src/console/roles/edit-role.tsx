// A role's description and how long its sessions may last.
import type { Role } from '@aws-sdk/client-iam'
import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import Textarea from '@cloudscape-design/components/textarea'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { ChangeModal } from '../change-modal.tsx'
import { durationText, SESSION_DURATIONS } from './session-durations.ts'

type Props = { readonly role: Role; readonly onClose: () => void }

export function EditRole({ role, onClose }: Props) {
  const { RoleName, MaxSessionDuration: before = 3600 } = role
  const [Description, setDescription] = useState(role.Description ?? '')
  const [MaxSessionDuration, setDuration] = useState(before)
  return (
    <ChangeModal
      title={`Edit ${RoleName}`}
      submitText="Save changes"
      isReady
      perform={() => iam('UpdateRole', { RoleName, Description, MaxSessionDuration })}
      done={`Role ${RoleName} was changed.`}
      onClose={onClose}
    >
      <FormField label="Description - optional">
        <Textarea
          rows={2}
          value={Description}
          onChange={({ detail }) => setDescription(detail.value)}
        />
      </FormField>
      <FormField label="Maximum session duration">
        <Select
          selectedOption={{
            value: String(MaxSessionDuration),
            label: durationText(MaxSessionDuration),
          }}
          options={SESSION_DURATIONS}
          onChange={({ detail }) => setDuration(Number(detail.selectedOption.value))}
        />
      </FormField>
    </ChangeModal>
  )
}
