// All roles, and whether assuming each needs MFA.
import type { Role } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { decodeDocument } from '../../api/policy-document.ts'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleButton } from '../console-button.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { Ago } from '../instant.tsx'
import { links } from '../links.ts'
import { DeleteRole } from './delete-role.tsx'
import { LastUsed } from './last-used.tsx'
import { TrustMfa } from './trust-mfa.tsx'
import { trustedEntities } from './trusted-entities.ts'

const trustOf = ({ AssumeRolePolicyDocument }: Role) => decodeDocument(AssumeRolePolicyDocument)

const COLUMNS: readonly Column<Role>[] = [
  {
    id: 'RoleName',
    header: 'Role name',
    isRowHeader: true,
    minWidth: 160,
    cell: ({ RoleName = '' }) => <ConsoleLink to={links.role(RoleName)}>{RoleName}</ConsoleLink>,
    sortBy: ({ RoleName }) => RoleName,
  },
  {
    id: 'trusted',
    header: 'Trusted entities',
    minWidth: 220,
    cell: role => trustedEntities(trustOf(role)).join(', ') || '-',
    sortBy: role => trustedEntities(trustOf(role)).join(', '),
  },
  {
    id: 'mfa',
    header: 'MFA',
    minWidth: 140,
    cell: role => <TrustMfa trust={trustOf(role)} />,
  },
  {
    id: 'used',
    header: 'Last activity',
    cell: ({ RoleName = '' }) => <LastUsed roleName={RoleName} />,
  },
  {
    id: 'Path',
    header: 'Path',
    isHidden: true,
    cell: ({ Path }) => Path,
    sortBy: ({ Path }) => Path,
  },
  {
    id: 'CreateDate',
    header: 'Creation time',
    cell: ({ CreateDate }) => <Ago at={CreateDate} />,
    sortBy: ({ CreateDate }) => CreateDate,
  },
  { id: 'Arn', header: 'ARN', isHidden: true, cell: ({ Arn }) => Arn, sortBy: ({ Arn }) => Arn },
]

export function Roles() {
  const reading = useIamList('ListRoles', 'Roles', {})
  const [deleted, setDeleted] = useState<string>()
  return (
    <>
      <CollectionTable
        variant="full-page"
        of="roles"
        title="Roles"
        description="A role is an identity with credentials that last for a while. Whom its trust policy names can assume it."
        reading={reading}
        columns={COLUMNS}
        idOf={({ RoleName = '' }) => RoleName}
        textOf={role =>
          [role.RoleName, role.Path, role.Description, ...trustedEntities(trustOf(role))].join(' ')
        }
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={selected === undefined}
              onClick={() => setDeleted(selected?.RoleName)}
            >
              Delete
            </Button>
            <ConsoleButton variant="primary" to={links.createRole}>
              Create role
            </ConsoleButton>
          </SpaceBetween>
        )}
        emptyAction={<ConsoleButton to={links.createRole}>Create role</ConsoleButton>}
      />
      {deleted !== undefined && (
        <DeleteRole roleName={deleted} onClose={() => setDeleted(undefined)} />
      )}
    </>
  )
}
