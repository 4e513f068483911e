// All managed policies: the account's own and AWS's.
import type { Policy } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleButton } from '../console-button.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { Ago, Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { typeOfPolicy } from '../permissions/choose-policies.tsx'
import { DeletePolicy } from './delete-policy.tsx'

const FILTERS = [
  { value: 'all', label: 'All types' },
  { value: 'customer', label: 'Customer managed' },
  { value: 'aws', label: 'AWS managed' },
] as const

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
  { id: 'type', header: 'Type', cell: typeOfPolicy, sortBy: typeOfPolicy },
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
  const [search, setSearch] = useSearchParams()
  const filter = FILTERS.find(({ value }) => value === search.get('type')) ?? FILTERS[0]
  const shown = reading.data?.filter(
    policy => filter.value === 'all' || isAwsManaged(policy) === (filter.value === 'aws'),
  )
  return (
    <>
      <CollectionTable
        variant="full-page"
        of="policies"
        title="Policies"
        description="A policy is an object that says what is allowed and denied to those to whom it is attached."
        reading={{ ...reading, data: shown }}
        columns={COLUMNS}
        idOf={({ Arn = '' }) => Arn}
        textOf={policy => `${policy.PolicyName} ${typeOfPolicy(policy)}`}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={selected === undefined || isAwsManaged(selected)}
              onClick={() => setDeleted(selected)}
            >
              Delete
            </Button>
            <ConsoleButton variant="primary" to={links.createPolicy}>
              Create policy
            </ConsoleButton>
          </SpaceBetween>
        )}
        filter={
          <Select
            ariaLabel="Filter by type"
            selectedOption={filter}
            options={FILTERS}
            onChange={({ detail: { selectedOption } }) =>
              setSearch(selectedOption.value === 'all' ? {} : { type: selectedOption.value ?? '' })
            }
          />
        }
      />
      {deleted && <DeletePolicy policy={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  )
}

export const isAwsManaged = ({ Arn = '' }: Policy) => Arn.includes(':iam::aws:')

function usedAs({ AttachmentCount = 0, PermissionsBoundaryUsageCount = 0 }: Policy): string {
  const uses = [
    AttachmentCount > 0 ? `Permissions policy (${AttachmentCount})` : '',
    PermissionsBoundaryUsageCount > 0 ? `Boundary (${PermissionsBoundaryUsageCount})` : '',
  ].filter(Boolean)
  return uses.join(', ') || 'None'
}
