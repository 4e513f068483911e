import { links } from '../links.ts'
import { PageLoading } from '../shell/page-loading.tsx'
import { useSession } from '../shell/session.ts'
import { AssignMfaDevicePage } from './assign-mfa-device-page.tsx'

/** A device for the person who is signed in. */
export function AssignOwnMfaDevice() {
  const session = useSession()
  if (session === undefined) return <PageLoading />
  return (
    <AssignMfaDevicePage
      owner={{ userName: session.userName }}
      doneTo={links.securityCredentials}
    />
  )
}
