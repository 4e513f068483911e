// The first page: what is wrong with the account's safety, how far MFA has come, and what there is.
import Grid from '@cloudscape-design/components/grid'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useIamList } from '../../api/queries.ts'
import { Page } from '../page.tsx'
import { useAssignedDevices } from '../users/user-credentials.ts'
import { AccountDetails } from './account-details.tsx'
import { MfaAdoption } from './mfa-adoption.tsx'
import { Resources } from './resources.tsx'
import { SecurityRecommendations } from './security-recommendations.tsx'

export function Dashboard() {
  const users = useIamList('ListUsers', 'Users', {})
  const devices = useAssignedDevices()
  return (
    <Page title="IAM dashboard">
      <Grid
        gridDefinition={[{ colspan: { default: 12, s: 8 } }, { colspan: { default: 12, s: 4 } }]}
      >
        <SpaceBetween size="l">
          <SecurityRecommendations users={users} devices={devices} />
          <MfaAdoption users={users.data} devices={devices.data} />
        </SpaceBetween>
        <SpaceBetween size="l">
          <AccountDetails />
          <Resources />
        </SpaceBetween>
      </Grid>
    </Page>
  )
}
