// Asks before something is taken away, by name: who does it types what it is about.
import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useState } from 'react'
import type { ChangeProps } from './change-modal.tsx'
import { ChangeModal } from './change-modal.tsx'

type Props<Answer> = Omit<ChangeProps<Answer>, 'submitText' | 'size' | 'isReady'> & {
  /** What to type: a name, or how many there are. */
  readonly confirmation: string
  readonly verb?:
    | 'Delete'
    | 'Remove'
    | 'Detach'
    | 'Disable'
    | 'Sign out'
    | 'Revoke'
    | 'Set as default'
}

/** Its children say what goes with it. */
export function ConfirmModal<Answer>({
  confirmation,
  verb = 'Delete',
  children,
  ...change
}: Props<Answer>) {
  const [typed, setTyped] = useState('')
  return (
    <ChangeModal {...change} submitText={verb} isReady={typed === confirmation}>
      <Alert type="warning">{children}</Alert>
      <FormField label={`To confirm, type ${confirmation}`}>
        <Input
          value={typed}
          placeholder={confirmation}
          autoComplete={false}
          spellcheck={false}
          onChange={({ detail }) => setTyped(detail.value)}
        />
      </FormField>
    </ChangeModal>
  )
}
