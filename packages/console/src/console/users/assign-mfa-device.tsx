// A device that an administrator assigns to a user.
import { useParams } from 'react-router'
import { links } from '../links.ts'
import { AssignMfaDevicePage } from '../security-credentials/assign-mfa-device-page.tsx'

/** A device for the user whom the address names, who is there to prove it. */
export function AssignMfaDeviceToUser() {
  const { userName = '' } = useParams()
  return (
    <AssignMfaDevicePage
      owner={{ userName }}
      doneTo={links.user(userName, '?tab=security_credentials')}
    />
  )
}
