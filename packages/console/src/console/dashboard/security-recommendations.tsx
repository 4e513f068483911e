// What AWS's dashboard recommends, and what it does not: users who have no MFA, and keys that are old.
import Badge from '@cloudscape-design/components/badge'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { isAccessDenied } from '../../api/api-error.ts'
import { useIam } from '../../api/queries.ts'
import { ConsoleLink } from '../console-link.tsx'
import { DescribedStatus } from '../described-status.tsx'
import { Failure } from '../failure.tsx'
import { links } from '../links.ts'
import { NoPermissionToSee } from '../no-permission.tsx'
import { useSession } from '../shell/session.ts'
import { LoadingUsers } from '../users/loading-users.tsx'
import type { UsersReading } from '../users/use-users.ts'
import type { Recommendation } from './recommendations.ts'
import { hiddenParts, recommendationsFor } from './recommendations.ts'

export function SecurityRecommendations({ users }: { readonly users: UsersReading }) {
  const summary = useIam('GetAccountSummary', {})
  const isRoot = useSession()?.isRoot ?? false
  const errors = [summary.error, users.error].filter(error => error !== null)
  const failure = errors.find(error => !isAccessDenied(error))
  const isDenied = errors.length === 2 && failure === undefined
  const isReading = !users.isComplete && users.error === null
  const known = users.isComplete && users.error === null ? users.data : undefined
  const hidden = [
    ...(isAccessDenied(users.error) ? ['users'] : hiddenParts(known ?? [])),
    ...(isAccessDenied(summary.error) ? ['root user'] : []),
  ]
  const recommendations = recommendationsFor({
    summary: summary.data?.SummaryMap,
    users: known,
    isRoot,
  })
  const wrong = recommendations.filter(({ isMet }) => !isMet).length
  return (
    <Container
      header={
        <Header variant="h2" counter={wrong === 0 ? '' : `(${wrong})`}>
          Security recommendations
        </Header>
      }
    >
      <SpaceBetween size="m">
        {failure && <Failure header="Not everything could be read" error={failure} />}
        {isDenied && <OwnAlone />}
        {recommendations.map(recommendation => (
          <OneRecommendation key={recommendation.title} {...recommendation} />
        ))}
        {hidden.length > 0 && !isDenied && (
          <DescribedStatus status="info">Not visible to you: {hidden.join(', ')}</DescribedStatus>
        )}
        {isReading && <LoadingUsers read={users.data?.length ?? 0} />}
      </SpaceBetween>
    </Container>
  )
}

/** For those who see nothing of the account, which most people's first page is. */
function OwnAlone() {
  const isUser = useSession()?.userName !== undefined
  return (
    <SpaceBetween size="xs">
      <NoPermissionToSee what="how well the account is secured" />
      {isUser && (
        <Box>
          Your own password, MFA devices and access keys are in{' '}
          <ConsoleLink to={links.securityCredentials}>My security credentials</ConsoleLink>.
        </Box>
      )}
    </SpaceBetween>
  )
}

function OneRecommendation({ isMet, title, why, to, action }: Recommendation) {
  return (
    <div>
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <DescribedStatus status={isMet ? 'success' : 'warning'}>{title}</DescribedStatus>
        {!isMet && <Badge color="severity-medium">Action needed</Badge>}
      </SpaceBetween>
      <Box variant="p" color="text-body-secondary" padding={{ left: 'l' }}>
        {why} {!isMet && to !== undefined && <ConsoleLink to={to}>{action}</ConsoleLink>}
      </Box>
    </div>
  )
}
