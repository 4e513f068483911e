// How many of each there are in the account.
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { isAccessDenied } from '../../api/api-error.ts'
import { useIam } from '../../api/queries.ts'
import { ConsoleLink } from '../console-link.tsx'
import { Failure } from '../failure.tsx'
import { links } from '../links.ts'
import { NoPermissionToSee } from '../no-permission.tsx'

const COUNTED = [
  { key: 'Groups', label: 'User groups', to: links.groups },
  { key: 'Users', label: 'Users', to: links.users },
  { key: 'Roles', label: 'Roles', to: links.roles },
  { key: 'Policies', label: 'Customer managed policies', to: `${links.policies}?show=customer` },
] as const

export function Resources() {
  return (
    <Container header={<Header variant="h2">IAM resources</Header>}>
      <Numbers />
    </Container>
  )
}

function Numbers() {
  const { data, error } = useIam('GetAccountSummary', {})
  if (isAccessDenied(error)) return <NoPermissionToSee what="the number of resources" />
  if (error) return <Failure error={error} />
  return (
    <KeyValuePairs
      columns={2}
      items={COUNTED.map(({ key, label, to }) => ({
        label,
        value: (
          <ConsoleLink
            fontSize="heading-l"
            to={to}
            ariaLabel={`${label}: ${data?.SummaryMap?.[key] ?? '-'}`}
          >
            {data?.SummaryMap?.[key] ?? '-'}
          </ConsoleLink>
        ),
      }))}
    />
  )
}
