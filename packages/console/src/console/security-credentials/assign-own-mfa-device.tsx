// A device for the person who is signed in.
import { links } from '../links.ts'
import { Read } from '../read.tsx'
import { useSessionReading } from '../shell/session.ts'
import { AssignMfaDevicePage } from './assign-mfa-device-page.tsx'

export function AssignOwnMfaDevice() {
  return (
    <Read of={useSessionReading()} what="Who you are">
      {({ userName }) => (
        <AssignMfaDevicePage owner={{ userName }} doneTo={links.securityCredentials} />
      )}
    </Read>
  )
}
