// The first page: what is wrong with the account's safety, how far MFA has come, and what there is.
import Grid from '@cloudscape-design/components/grid'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Page } from '../page.tsx'
import { useUsers } from '../users/use-users.ts'
import { AccountDetails } from './account-details.tsx'
import { MfaAdoption } from './mfa-adoption.tsx'
import { Resources } from './resources.tsx'
import { SecurityRecommendations } from './security-recommendations.tsx'

export function Dashboard() {
  const users = useUsers()
  return (
    <Page title="IAM dashboard">
      <Grid
        gridDefinition={[{ colspan: { default: 12, s: 8 } }, { colspan: { default: 12, s: 4 } }]}
      >
        <SpaceBetween size="l">
          <SecurityRecommendations users={users} />
          <MfaAdoption users={users} />
        </SpaceBetween>
        <SpaceBetween size="l">
          <AccountDetails />
          <Resources />
        </SpaceBetween>
      </Grid>
    </Page>
  )
}
