// Asks before something is taken away, by name: who does it types what it is about.
import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import type { PropsWithChildren } from 'react'
import { useState } from 'react'
import { ChangeModal } from './change-modal.tsx'

type Props = PropsWithChildren<{
  /** `Delete alice?` */
  readonly title: string
  /** What to type: a name, or how many there are. */
  readonly confirmation: string
  readonly verb?: 'Delete' | 'Remove' | 'Detach' | 'Disable' | 'Sign out' | 'Revoke'
  readonly perform: () => Promise<unknown>
  /** `alice was deleted.` */
  readonly done: string
  readonly onClose: (isDone: boolean) => unknown
}>

/** Its children say what goes with it. */
export function DeleteModal({ confirmation, verb = 'Delete', children, ...change }: Props) {
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
          autoFocus
          onChange={({ detail }) => setTyped(detail.value)}
        />
      </FormField>
    </ChangeModal>
  )
}
