// How many users have MFA, and of which kind.
import Box from '@cloudscape-design/components/box'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import PieChart from '@cloudscape-design/components/pie-chart'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { isAccessDenied } from '../../api/api-error.ts'
import { ALL_MFA_KINDS, MFA_KINDS } from '../../mfa/mfa-kinds.ts'
import { ConsoleLink } from '../console-link.tsx'
import { Failure } from '../failure.tsx'
import { links } from '../links.ts'
import { LoadingUsers } from '../users/loading-users.tsx'
import { hasMfa } from '../users/user-mfa.ts'
import { NoPermission, NoPermissionToSee } from '../no-permission.tsx'
import type { UsersReading } from '../users/use-users.ts'
import type { UserCredentials } from '../users/user-credentials.ts'

export function MfaAdoption({ users }: { readonly users: UsersReading }) {
  return (
    <Container
      header={
        <Header variant="h2" description="Users by the strongest kind of device that they have">
          MFA adoption
        </Header>
      }
    >
      <Figures users={users} />
    </Container>
  )
}

function Figures({ users: { data = [], error, isComplete } }: { readonly users: UsersReading }) {
  if (isAccessDenied(error)) return <NoPermissionToSee what="the users" />
  if (error) return <Failure header="The users could not be read" error={error} />
  if (!isComplete) return <LoadingUsers read={data.length} />
  const visible = data.filter(({ devices }) => devices !== 'denied')
  return data.length > 0 && visible.length === 0 ? (
    <NoPermission />
  ) : (
    <Adoption users={visible} hidden={data.length - visible.length} />
  )
}

type Props = {
  readonly users: readonly UserCredentials[]
  /** How many more there are, whose devices may not be seen. */
  readonly hidden: number
}

function Adoption({ users, hidden }: Props) {
  const withMfa = users.filter(hasMfa).length
  const share = users.length === 0 ? 100 : Math.floor((100 * withMfa) / users.length)
  return (
    <ColumnLayout columns={2}>
      <SpaceBetween size="s">
        <div>
          <Box variant="awsui-key-label">Users with MFA</Box>
          <Box fontSize="display-l" fontWeight="bold">
            {share} %
          </Box>
          <Box color="text-body-secondary">
            {withMfa.toLocaleString('en')} of {users.length.toLocaleString('en')}
            {hidden > 0 && `; ${hidden.toLocaleString('en')} more are not visible to you`}
          </Box>
        </div>
        {withMfa < users.length && (
          <ConsoleLink to={`${links.users}?show=no-mfa`}>View users without MFA</ConsoleLink>
        )}
      </SpaceBetween>
      <PieChart
        variant="donut"
        size="small"
        hideFilter
        hideTitles
        data={slicesOf(users)}
        ariaLabel="Users by kind of MFA device"
        detailPopoverContent={({ value }) => [{ key: 'Users', value }]}
        segmentDescription={({ value }) => value.toLocaleString('en')}
        empty={<Box textAlign="center">No users</Box>}
      />
    </ColumnLayout>
  )
}

/** All kinds, also those that nobody has: a kind's colour is that of its place. */
function slicesOf(users: readonly UserCredentials[]) {
  const kinds = ALL_MFA_KINDS.map(kind => ({
    title: MFA_KINDS[kind].label,
    value: users.filter(({ strongestMethod }) => strongestMethod === kind).length,
  }))
  const none = users.filter(user => !hasMfa(user)).length
  return [...kinds, { title: 'No MFA', value: none }]
}
