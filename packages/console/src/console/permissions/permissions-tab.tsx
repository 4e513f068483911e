// What somebody may do: policies attached, inline and through groups.
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleButton } from '../console-button.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { ConfirmModal } from '../confirm-modal.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { links } from '../links.ts'
import type { Identity } from './identity.ts'
import { IDENTITIES } from './identity.ts'
import type { Permission } from './permissions.ts'
import { typeOf, usePermissions } from './permissions.ts'

export function PermissionsTab({ identity }: { readonly identity: Identity }) {
  const reading = usePermissions(identity)
  const [removed, setRemoved] = useState<Permission>()
  const { link } = IDENTITIES[identity.kind]
  return (
    <>
      <CollectionTable
        id="permissions"
        noun="policies"
        title="Permissions policies"
        description="Attached, inline, and through groups."
        reading={reading}
        columns={columnsFor(identity)}
        idOf={keyOf}
        textOf={permission =>
          [permission.name, permission.arn, permission.via.name, typeOf(permission)].join(' ')
        }
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={whyNotRemoved(selected, identity)}
              onClick={() => setRemoved(selected)}
            >
              Remove
            </GuardedButton>
            <ConsoleButton to={link(identity.name, '/inline-policy')}>
              Create inline policy
            </ConsoleButton>
            <ConsoleButton to={link(identity.name, '/attach-policies')}>
              Attach policies
            </ConsoleButton>
          </SpaceBetween>
        )}
        emptyAction={
          <ConsoleButton to={link(identity.name, '/attach-policies')}>
            Attach policies
          </ConsoleButton>
        }
      />
      {removed && <RemovePermission permission={removed} onClose={() => setRemoved(undefined)} />}
    </>
  )
}

function whyNotRemoved(permission: Permission | undefined, { kind }: Identity) {
  if (permission === undefined) return 'Select a policy.'
  const { via } = permission
  return via.kind === kind ? undefined : `It comes from group ${via.name}: remove it there.`
}

const keyOf = ({ name, arn, via }: Permission) => `${arn ?? name} of ${via.kind} ${via.name}`

function columnsFor({ kind }: Identity): readonly Column<Permission>[] {
  const via: Column<Permission> = {
    id: 'via',
    header: 'Attached via',
    cell: permission =>
      permission.via.kind === kind ? (
        'Directly'
      ) : (
        <ConsoleLink to={links.group(permission.via.name)}>Group {permission.via.name}</ConsoleLink>
      ),
    sortBy: permission => (permission.via.kind === kind ? '' : permission.via.name),
  }
  return [
    {
      id: 'name',
      header: 'Policy name',
      isRowHeader: true,
      cell: permission => <ConsoleLink to={placeOf(permission)}>{permission.name}</ConsoleLink>,
      sortBy: ({ name }) => name,
    },
    { id: 'type', header: 'Type', cell: typeOf, sortBy: typeOf },
    ...(kind === 'user' ? [via] : []),
  ]
}

/** Where the policy can be read and changed. */
function placeOf({ arn, name, via }: Permission): string {
  if (arn !== undefined) return links.policy(arn)
  return IDENTITIES[via.kind].link(via.name, `/inline-policy?name=${encodeURIComponent(name)}`)
}

function RemovePermission({
  permission: { name, arn, via },
  onClose,
}: {
  readonly permission: Permission
  readonly onClose: () => void
}) {
  const { detach, deleteInline } = IDENTITIES[via.kind]
  if (arn === undefined) {
    return (
      <ConfirmModal
        title={`Delete inline policy ${name}?`}
        confirmation={name}
        done={`Inline policy ${name} was deleted.`}
        perform={() => deleteInline(via.name, name)}
        onClose={onClose}
      >
        An inline policy is nowhere else: its document is lost, and {via.name} loses what it allows.
      </ConfirmModal>
    )
  }
  return (
    <ConfirmModal
      title={`Detach ${name} from ${via.name}?`}
      confirmation={name}
      verb="Detach"
      done={`${name} was detached from ${via.name}.`}
      perform={() => detach(via.name, arn)}
      onClose={onClose}
    >
      {via.name} loses what the policy allows, and what it denies is denied no longer. The policy
      itself stays.
    </ConfirmModal>
  )
}
