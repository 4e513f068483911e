// How many users have MFA, and of which kind.
import type { User } from '@aws-sdk/client-iam'
import Box from '@cloudscape-design/components/box'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import PieChart from '@cloudscape-design/components/pie-chart'
import SpaceBetween from '@cloudscape-design/components/space-between'
import {
  colorChartsPaletteCategorical1,
  colorChartsPaletteCategorical3,
  colorChartsPaletteCategorical5,
  colorChartsStatusHigh,
} from '@cloudscape-design/design-tokens'
import { ALL_MFA_KINDS, MFA_KINDS } from '../../mfa/mfa-kinds.ts'
import { ConsoleLink } from '../console-link.tsx'
import { links } from '../links.ts'
import { PageLoading } from '../shell/page-loading.tsx'
import type { AssignedDevice } from '../users/user-credentials.ts'
import { strongestMethod } from './strongest-method.ts'

type Props = {
  readonly users: readonly User[] | undefined
  readonly devices: ReadonlyMap<string, readonly AssignedDevice[]> | undefined
}

const COLORS = {
  'security-key': colorChartsPaletteCategorical3,
  totp: colorChartsPaletteCategorical1,
  'hardware-token': colorChartsPaletteCategorical5,
  none: colorChartsStatusHigh,
} as const

export function MfaAdoption({ users, devices }: Props) {
  return (
    <Container
      header={
        <Header variant="h2" description="Users by the strongest kind of device that they have">
          MFA adoption
        </Header>
      }
    >
      {users === undefined || devices === undefined ? (
        <PageLoading />
      ) : (
        <Adoption users={users} devices={devices} />
      )}
    </Container>
  )
}

function Adoption({
  users,
  devices,
}: {
  readonly users: readonly User[]
  readonly devices: ReadonlyMap<string, readonly AssignedDevice[]>
}) {
  const strongest = users.map(({ UserName = '' }) => strongestMethod(devices.get(UserName)))
  const withMfa = strongest.filter(method => method !== undefined).length
  const share = users.length === 0 ? 100 : Math.floor((100 * withMfa) / users.length)
  const slices = [
    ...ALL_MFA_KINDS.map(kind => ({
      title: MFA_KINDS[kind].label,
      value: strongest.filter(method => method === kind).length,
      color: COLORS[kind],
    })),
    { title: 'No MFA', value: users.length - withMfa, color: COLORS.none },
  ].filter(({ value }) => value > 0)
  return (
    <ColumnLayout columns={2}>
      <SpaceBetween size="s">
        <div>
          <Box variant="awsui-key-label">Users with MFA</Box>
          <Box fontSize="display-l" fontWeight="bold">
            {share} %
          </Box>
          <Box color="text-body-secondary">
            {withMfa} of {users.length}
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
        data={slices}
        ariaLabel="Users by kind of MFA device"
        detailPopoverContent={({ value }) => [{ key: 'Users', value }]}
        segmentDescription={({ value }) => `${value}`}
        empty={<Box textAlign="center">No users</Box>}
      />
    </ColumnLayout>
  )
}
