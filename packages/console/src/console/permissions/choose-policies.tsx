// Managed policies to choose from.
import type { Policy } from '@aws-sdk/client-iam'
import Link from '@cloudscape-design/components/link'
import { useHref } from 'react-router'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { links } from '../links.ts'

type Props = {
  readonly title?: string
  readonly description?: string
  /** ARNs that are not offered. */
  readonly without?: readonly string[]
  readonly chosen: readonly string[]
  readonly onChoose: (arns: readonly string[]) => void
}

const COLUMNS: readonly Column<Policy>[] = [
  {
    id: 'PolicyName',
    header: 'Policy name',
    isRowHeader: true,
    cell: policy => <PolicyLink policy={policy} />,
    sortBy: ({ PolicyName }) => PolicyName,
  },
  { id: 'type', header: 'Type', cell: typeOfPolicy, sortBy: typeOfPolicy },
  {
    id: 'AttachmentCount',
    header: 'Attached entities',
    cell: ({ AttachmentCount }) => AttachmentCount,
    sortBy: ({ AttachmentCount }) => AttachmentCount,
  },
]

export function typeOfPolicy({ Arn = '' }: Policy): string {
  return Arn.includes(':iam::aws:') ? 'AWS managed' : 'Customer managed'
}

export function ChoosePolicies({
  title = 'Permissions policies',
  description,
  without = [],
  chosen,
  onChoose,
}: Props) {
  const reading = useIamList('ListPolicies', 'Policies', {})
  const offered = reading.data?.filter(({ Arn = '' }) => !without.includes(Arn))
  return (
    <CollectionTable
      of="managed policies"
      title={title}
      {...(description !== undefined && { description })}
      reading={{ ...reading, data: offered }}
      columns={COLUMNS}
      idOf={({ Arn = '' }) => Arn}
      textOf={policy => `${policy.PolicyName} ${typeOfPolicy(policy)}`}
      selection="multi"
      selectedIds={chosen}
      onSelect={selected => onChoose(selected.map(({ Arn = '' }) => Arn))}
    />
  )
}

/** Opens beside the form that somebody is filling in. */
function PolicyLink({ policy: { PolicyName, Arn = '' } }: { readonly policy: Policy }) {
  const href = useHref(links.policy(Arn))
  return (
    <Link external href={href}>
      {PolicyName}
    </Link>
  )
}
