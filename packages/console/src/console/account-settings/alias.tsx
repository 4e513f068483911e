// A name for the account, to sign in with instead of twelve digits.
import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { useIam } from '../../api/queries.ts'
import { known } from '../../api/reading.ts'
import { ChangeModal } from '../change-modal.tsx'
import { ConfirmModal } from '../confirm-modal.tsx'
import { Read } from '../read.tsx'

export function Alias() {
  const reading = useIam('ListAccountAliases', {})
  const [open, setOpen] = useState<'edit' | 'delete'>()
  const close = () => setOpen(undefined)
  const alias = known(reading)?.AccountAliases?.[0]
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Users can sign in with it instead of the account ID."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {alias !== undefined && <Button onClick={() => setOpen('delete')}>Delete</Button>}
              <Button disabled={known(reading) === undefined} onClick={() => setOpen('edit')}>
                {alias === undefined ? 'Create alias' : 'Edit'}
              </Button>
            </SpaceBetween>
          }
        >
          Account alias
        </Header>
      }
    >
      <Read of={reading} what="The account alias">
        {() => <Box>{alias ?? 'None'}</Box>}
      </Read>
      {open === 'edit' && <EditAlias before={alias} onClose={close} />}
      {open === 'delete' && alias !== undefined && (
        <ConfirmModal
          title={`Delete alias ${alias}?`}
          confirmation={alias}
          done={`Alias ${alias} was deleted.`}
          perform={() => iam('DeleteAccountAlias', { AccountAlias: alias })}
          onClose={close}
        >
          Whoever signs in with the alias needs the account ID from then on.
        </ConfirmModal>
      )}
    </Container>
  )
}

/** An account has one alias: another takes its place. */
function EditAlias({
  before,
  onClose,
}: {
  readonly before: string | undefined
  readonly onClose: () => void
}) {
  const [AccountAlias, setAlias] = useState(before ?? '')
  return (
    <ChangeModal
      title={before === undefined ? 'Create account alias' : 'Edit account alias'}
      submitText="Save changes"
      isReady={AccountAlias !== '' && AccountAlias !== before}
      perform={() => iam('CreateAccountAlias', { AccountAlias })}
      done={`The account's alias is ${AccountAlias}.`}
      onClose={onClose}
    >
      {before !== undefined && (
        <Alert type="warning">
          {before} is an alias no longer: whoever signs in with it needs the new one, or the account
          ID.
        </Alert>
      )}
      <FormField
        label="Account alias"
        constraintText="3 to 63 characters: a-z, 0-9 and hyphens that neither begin nor end it."
      >
        <Input
          value={AccountAlias}
          autoComplete={false}
          onChange={({ detail }) => setAlias(detail.value.trim().toLowerCase())}
        />
      </FormField>
    </ChangeModal>
  )
}
