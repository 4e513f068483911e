// Managed policies to choose from.
import type { Policy } from '@aws-sdk/client-iam'
import Link from '@cloudscape-design/components/link'
import { useHref } from 'react-router'
import { typeOfPolicy } from '../../api/arns.ts'
import { useIamList } from '../../api/queries.ts'
import type { Choice } from '../collections/choose-list.tsx'
import { ChooseList } from '../collections/choose-list.tsx'
import type { Column } from '../collections/column.ts'
import { links } from '../links.ts'

const COLUMNS: readonly Column<Policy>[] = [
  {
    id: 'PolicyName',
    header: 'Policy name',
    isRowHeader: true,
    cell: policy => <PolicyLink policy={policy} />,
    sortBy: ({ PolicyName }) => PolicyName,
  },
  { id: 'type', header: 'Type', cell: typeOf, sortBy: typeOf },
  {
    id: 'AttachmentCount',
    header: 'Attached entities',
    cell: ({ AttachmentCount }) => AttachmentCount,
    sortBy: ({ AttachmentCount }) => AttachmentCount,
  },
]

function typeOf({ Arn = '' }: Policy): string {
  return typeOfPolicy(Arn)
}

export function ChoosePolicies({
  title = 'Permissions policies',
  description,
  ...choice
}: Choice & { readonly title?: string; readonly description?: string }) {
  return (
    <ChooseList
      id="choose-policies"
      noun="managed policies"
      title={title}
      description={description}
      reading={useIamList('ListPolicies', 'Policies', {})}
      columns={COLUMNS}
      idOf={({ Arn = '' }) => Arn}
      textOf={policy => `${policy.PolicyName} ${typeOf(policy)}`}
      {...choice}
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
