// All managed policies: the account's own and AWS's.
import type { Policy } from '@aws-sdk/client-iam'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { isAwsManaged, typeOfPolicy } from '../../api/arns.ts'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import type { ListFilter } from '../collections/list-search.tsx'
import { ConsoleButton } from '../console-button.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { Ago, Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { DeletePolicy } from './delete-policy.tsx'

const TYPES: ListFilter<Policy> = {
  label: 'Filter by type',
  options: [
    { value: 'all', label: 'All types', shows: () => true },
    { value: 'customer', label: 'Customer managed', shows: policy => !isAws(policy) },
    { value: 'aws', label: 'AWS managed', shows: isAws },
  ],
}

const COLUMNS: readonly Column<Policy>[] = [
  {
    id: 'PolicyName',
    header: 'Policy name',
    isRowHeader: true,
    minWidth: 200,
    cell: ({ PolicyName, Arn = '' }) => (
      <ConsoleLink to={links.policy(Arn)}>{PolicyName}</ConsoleLink>
    ),
    sortBy: ({ PolicyName }) => PolicyName,
  },
  { id: 'type', header: 'Type', cell: typeOf, sortBy: typeOf },
  { id: 'used', header: 'Used as', cell: usedAs, sortBy: usedAs },
  {
    id: 'UpdateDate',
    header: 'Edited',
    cell: ({ UpdateDate }) => <Ago at={UpdateDate} />,
    sortBy: ({ UpdateDate }) => UpdateDate,
  },
  {
    id: 'CreateDate',
    header: 'Creation time',
    isHidden: true,
    cell: ({ CreateDate }) => <Instant at={CreateDate} />,
    sortBy: ({ CreateDate }) => CreateDate,
  },
  { id: 'Arn', header: 'ARN', isHidden: true, cell: ({ Arn }) => Arn, sortBy: ({ Arn }) => Arn },
]

export function Policies() {
  const reading = useIamList('ListPolicies', 'Policies', {})
  const [deleted, setDeleted] = useState<Policy>()
  return (
    <>
      <CollectionTable
        variant="full-page"
        id="policies"
        noun="policies"
        title="Policies"
        description="A policy is an object that says what is allowed and denied to those to whom it is attached."
        reading={reading}
        columns={COLUMNS}
        idOf={({ Arn = '' }) => Arn}
        textOf={policy => `${policy.PolicyName} ${typeOf(policy)}`}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton obstacle={whyNotDeleted(selected)} onClick={() => setDeleted(selected)}>
              Delete
            </GuardedButton>
            <ConsoleButton variant="primary" to={links.createPolicy}>
              Create policy
            </ConsoleButton>
          </SpaceBetween>
        )}
        filter={TYPES}
        emptyAction={<ConsoleButton to={links.createPolicy}>Create policy</ConsoleButton>}
      />
      {deleted && <DeletePolicy policy={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  )
}

function whyNotDeleted(policy: Policy | undefined): string | undefined {
  if (policy === undefined) return 'Select a policy.'
  return isAws(policy) ? 'It belongs to AWS.' : undefined
}

function isAws({ Arn = '' }: Policy): boolean {
  return isAwsManaged(Arn)
}

function typeOf({ Arn = '' }: Policy): string {
  return typeOfPolicy(Arn)
}

function usedAs({ AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 }: Policy): string {
  const uses = [
    AttachmentCount > 0 ? `Permissions policy (${AttachmentCount})` : '',
    PermissionsBoundaryUsageCount > 0 ? `Boundary (${PermissionsBoundaryUsageCount})` : '',
  ].filter(Boolean)
  return uses.join(', ') || 'None'
}
