// What AWS's dashboard recommends, and what it does not: users who have no MFA, and keys that are old.
import type { User } from '@aws-sdk/client-iam'
import Badge from '@cloudscape-design/components/badge'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useIam } from '../../api/queries.ts'
import { ConsoleLink } from '../console-link.tsx'
import { DescribedStatus } from '../described-status.tsx'
import { Failure } from '../failure.tsx'
import { useSession } from '../shell/session.ts'
import type { AssignedDevice } from '../users/user-credentials.ts'
import { useCredentialsOf } from '../users/user-credentials.ts'
import type { Recommendation } from './recommendations.ts'
import { recommendationsFor } from './recommendations.ts'

type Props = {
  readonly users: { readonly data: readonly User[] | undefined; readonly error: Error | null }
  readonly devices: {
    readonly data: ReadonlyMap<string, readonly AssignedDevice[]> | undefined
    readonly error: Error | null
  }
}

const NO_USERS: readonly User[] = []

export function SecurityRecommendations({ users, devices }: Props) {
  const summary = useIam('GetAccountSummary', {})
  const credentials = useCredentialsOf(users.data ?? NO_USERS)
  const isRoot = useSession()?.isRoot ?? false
  const error = summary.error ?? users.error ?? devices.error ?? credentials.error
  const isComplete = credentials.read === credentials.total
  const recommendations = recommendationsFor({
    summary: summary.data?.SummaryMap,
    users: users.data,
    devices: devices.data,
    credentials: isComplete ? credentials.byUserName : undefined,
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
        {error && <Failure header="Not everything could be read" error={error} />}
        {recommendations.map(recommendation => (
          <OneRecommendation key={recommendation.title} {...recommendation} />
        ))}
        {!isComplete && (
          <ProgressBar
            value={(100 * credentials.read) / Math.max(1, credentials.total)}
            label="Reading access keys"
            additionalInfo={`${credentials.read} of ${credentials.total} users`}
          />
        )}
      </SpaceBetween>
    </Container>
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
