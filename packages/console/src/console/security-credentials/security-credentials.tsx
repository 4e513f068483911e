// "My security credentials": all that the person who is signed in proves identity with, and where that was done.
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Page } from '../page.tsx'
import { PageLoading } from '../shell/page-loading.tsx'
import { useSession } from '../shell/session.ts'
import { AccessKeys } from './access-keys.tsx'
import { AccountDetails } from './account-details.tsx'
import { ConsolePassword } from './console-password.tsx'
import { MfaDevices } from './mfa-devices.tsx'
import { NoCredentials } from './no-credentials.tsx'
import { Sessions } from './sessions.tsx'
import { ASSIGN_MFA_DEVICE } from './links.ts'

export function SecurityCredentials() {
  const session = useSession()
  if (session === undefined) return <PageLoading />
  const { userName, isRoot } = session
  const hasCredentials = isRoot || userName !== undefined
  return (
    <Page title="My security credentials" description={session.name}>
      <AccountDetails session={session} />
      {hasCredentials ? (
        <SpaceBetween size="l">
          <ConsolePassword userName={userName} />
          <MfaDevices owner={{ userName }} assignTo={ASSIGN_MFA_DEVICE} />
          <AccessKeys owner={{ userName }} />
          <Sessions />
        </SpaceBetween>
      ) : (
        <NoCredentials />
      )}
    </Page>
  )
}
