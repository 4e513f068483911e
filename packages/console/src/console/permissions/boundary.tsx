// The permissions boundary of a user or role: the most that its policies can give it.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import type { SelectProps } from '@cloudscape-design/components/select'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { nameInArn } from '../../api/arns.ts'
import { iam } from '../../api/iam.ts'
import { useIamList } from '../../api/queries.ts'
import { ChangeModal } from '../change-modal.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { ReadFailure } from '../read.tsx'
import { ConfirmModal } from '../confirm-modal.tsx'
import { links } from '../links.ts'
import type { Identity } from './identity.ts'

type Bounded = Identity & { readonly kind: 'user' | 'role' }

type Props = {
  readonly identity: Bounded
  /** ARN of the managed policy that is the boundary. */
  readonly boundary: string | undefined
}

const OPERATIONS = {
  user: {
    put: (UserName: string, PermissionsBoundary: string) =>
      iam('PutUserPermissionsBoundary', { UserName, PermissionsBoundary }),
    remove: (UserName: string) => iam('DeleteUserPermissionsBoundary', { UserName }),
  },
  role: {
    put: (RoleName: string, PermissionsBoundary: string) =>
      iam('PutRolePermissionsBoundary', { RoleName, PermissionsBoundary }),
    remove: (RoleName: string) => iam('DeleteRolePermissionsBoundary', { RoleName }),
  },
} as const

export function Boundary({ identity, boundary }: Props) {
  const [open, setOpen] = useState<'set' | 'remove'>()
  const close = () => setOpen(undefined)
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="The most that this identity can be given. It gives nothing by itself."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {boundary !== undefined && (
                <Button onClick={() => setOpen('remove')}>Remove boundary</Button>
              )}
              <Button onClick={() => setOpen('set')}>
                {boundary === undefined ? 'Set boundary' : 'Change boundary'}
              </Button>
            </SpaceBetween>
          }
        >
          Permissions boundary
        </Header>
      }
    >
      {boundary === undefined ? (
        <Box color="text-body-secondary">Not set</Box>
      ) : (
        <ConsoleLink to={links.policy(boundary)}>{nameInArn(boundary)}</ConsoleLink>
      )}
      {open === 'set' && <SetBoundary identity={identity} onClose={close} />}
      {open === 'remove' && (
        <ConfirmModal
          title={`Remove the permissions boundary of ${identity.name}?`}
          confirmation={identity.name}
          verb="Remove"
          done={`The permissions boundary of ${identity.name} was removed.`}
          perform={() => OPERATIONS[identity.kind].remove(identity.name)}
          onClose={close}
        >
          From then on, the policies of {identity.name} alone say what it may do.
        </ConfirmModal>
      )}
    </Container>
  )
}

function SetBoundary({
  identity: { kind, name },
  onClose,
}: {
  readonly identity: Bounded
  readonly onClose: () => void
}) {
  const policies = useIamList('ListPolicies', 'Policies', {})
  const [chosen, setChosen] = useState<SelectProps.Option | null>(null)
  return (
    <ChangeModal
      title={`Set the permissions boundary of ${name}`}
      submitText="Set boundary"
      isReady={chosen !== null}
      perform={() => OPERATIONS[kind].put(name, chosen?.value ?? '')}
      done={`The permissions boundary of ${name} was set.`}
      onClose={onClose}
    >
      <ReadFailure of={policies} what="The list of managed policies" />
      <Select
        ariaLabel="Managed policy"
        placeholder="Choose a managed policy"
        filteringType="auto"
        statusType={policies.isPending ? 'loading' : 'finished'}
        selectedOption={chosen}
        options={(policies.data ?? []).map(({ PolicyName = '', Arn = '' }) => ({
          label: PolicyName,
          value: Arn,
          description: Arn,
        }))}
        onChange={({ detail }) => setChosen(detail.selectedOption)}
      />
    </ChangeModal>
  )
}
