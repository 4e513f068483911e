// "Assign MFA device", on a page of its own: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { ACCOUNT } from '../../api/queries.ts'
import { AssignMfaDevice } from '../../mfa/assign-mfa-device.tsx'
import { ConsoleButton } from '../console-button.tsx'
import { useNotify } from '../shell/notifications.tsx'
import styles from './assign-mfa-device-page.module.css'
import { enrolmentFor } from './console-enroller.ts'
import type { CredentialOwner } from './credential-owner.ts'

export function AssignMfaDevicePage({
  owner,
  doneTo,
}: {
  readonly owner: CredentialOwner
  /** The page that lists the owner's devices. */
  readonly doneTo: string
}) {
  const notify = useNotify()
  const navigate = useNavigate()
  const queries = useQueryClient()

  async function done(deviceName: string) {
    notify(`${deviceName} was assigned.`)
    void queries.invalidateQueries({ queryKey: [ACCOUNT] })
    await navigate(doneTo)
  }

  return (
    <div className={styles['page']}>
      <AssignMfaDevice
        heading="Assign MFA device"
        enroller={enrolmentFor(owner, done)}
        secondary={
          <ConsoleButton variant="link" formAction="none" to={doneTo}>
            Cancel
          </ConsoleButton>
        }
      />
    </div>
  )
}
