// "My security credentials": all that the person who is signed in proves identity with, and where that was done.
import SpaceBetween from '@cloudscape-design/components/space-between'
import { links } from '../links.ts'
import { Page } from '../page.tsx'
import { Read } from '../read.tsx'
import type { Session } from '../shell/session.ts'
import { useSessionReading } from '../shell/session.ts'
import { AccessKeys } from './access-keys.tsx'
import { AccountDetails } from './account-details.tsx'
import { ConsolePassword } from './console-password.tsx'
import { MfaDevices } from './mfa-devices.tsx'
import { NoCredentials } from './no-credentials.tsx'
import { Sessions } from './sessions.tsx'

export function SecurityCredentials() {
  const reading = useSessionReading()
  return (
    <Page title="My security credentials" description={reading.data?.name}>
      <Read of={reading} what="Who you are">
        {session => <Credentials session={session} />}
      </Read>
    </Page>
  )
}

function Credentials({ session }: { readonly session: Session }) {
  const { userName, isRoot } = session
  return (
    <SpaceBetween size="l">
      <AccountDetails session={session} />
      {isRoot || userName !== undefined ? (
        <SpaceBetween size="l">
          <ConsolePassword userName={userName} />
          <MfaDevices owner={{ userName }} assignTo={links.assignMfaDevice} />
          <AccessKeys owner={{ userName }} />
          <Sessions />
        </SpaceBetween>
      ) : (
        <NoCredentials />
      )}
    </SpaceBetween>
  )
}
