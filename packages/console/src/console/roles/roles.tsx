// All roles, and whether assuming each needs MFA.
import type { Role } from '@aws-sdk/client-iam'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo, useState } from 'react'
import { decodeDocument, laidOut } from '../../api/policy-document.ts'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleButton } from '../console-button.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { Ago } from '../instant.tsx'
import { links } from '../links.ts'
import { DeleteRole } from './delete-role.tsx'
import { demandText } from './demand-text.ts'
import { LastUsed } from './last-used.tsx'
import type { TrustDemand } from './trust-demand.ts'
import { trustDemand } from './trust-demand.ts'
import { TrustMfa } from './trust-mfa.tsx'
import { trustedEntities } from './trusted-entities.ts'

/** A role and what its trust policy says, which is read once. */
type TrustingRole = Role & {
  readonly trusted: readonly string[]
  readonly demand: TrustDemand
}

function readTrust(role: Role): TrustingRole {
  // As the role's page shows it, so that lines are the same.
  const trust = laidOut(decodeDocument(role.AssumeRolePolicyDocument))
  return { ...role, trusted: trustedEntities(trust), demand: trustDemand(trust) }
}

/** Worst first. */
const DEMANDS: readonly TrustDemand['kind'][] = [
  'hole',
  'notRequired',
  'required',
  'fresh',
  'nobody',
  'noPeople',
]

const COLUMNS: readonly Column<TrustingRole>[] = [
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
    cell: ({ trusted }) => trusted.join(', ') || '-',
    sortBy: ({ trusted }) => trusted.join(', '),
  },
  {
    id: 'mfa',
    header: 'MFA',
    minWidth: 190,
    cell: ({ RoleName = '', demand }) => <TrustMfa roleName={RoleName} demand={demand} />,
    sortBy: ({ demand }) => DEMANDS.indexOf(demand.kind),
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
  const roles = useMemo(() => reading.data?.map(readTrust), [reading.data])
  const [deleted, setDeleted] = useState<string>()
  return (
    <>
      <CollectionTable
        variant="full-page"
        id="roles"
        noun="roles"
        title="Roles"
        description="A role is an identity with credentials that last for a while. Whom its trust policy names can assume it."
        reading={{ ...reading, data: roles }}
        columns={COLUMNS}
        idOf={({ RoleName = '' }) => RoleName}
        textOf={({ RoleName, Path, Description, trusted, demand }) =>
          [RoleName, Path, Description, ...trusted, demandText(demand)].join(' ')
        }
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={selected ? undefined : 'Select a role.'}
              onClick={() => setDeleted(selected?.RoleName)}
            >
              Delete
            </GuardedButton>
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
