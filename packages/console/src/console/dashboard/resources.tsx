// How many of each there are in the account.
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useIam } from '../../api/queries.ts'
import { ConsoleLink } from '../console-link.tsx'
import { Failure } from '../failure.tsx'
import { links } from '../links.ts'

const COUNTED = [
  { key: 'Groups', label: 'User groups', to: links.groups },
  { key: 'Users', label: 'Users', to: links.users },
  { key: 'Roles', label: 'Roles', to: links.roles },
  { key: 'Policies', label: 'Customer managed policies', to: `${links.policies}?type=customer` },
] as const

export function Resources() {
  const { data, error } = useIam('GetAccountSummary', {})
  return (
    <Container header={<Header variant="h2">IAM resources</Header>}>
      {error ? (
        <Failure error={error} />
      ) : (
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
      )}
    </Container>
  )
}
