// Which kinds of MFA device a user has, a line each; of one who has none, what the account demands.
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { NoPermission } from '../no-permission.tsx'
import styles from './mfa-status.module.css'
import type { UserMfa } from './user-mfa.ts'
import { mfaFindings } from './user-mfa.ts'

export function MfaStatus({ user }: { readonly user: UserMfa }) {
  if (user.devices === 'denied') return <NoPermission />
  return mfaFindings(user).map(({ status, text }) => (
    <div key={text}>
      <StatusIndicator type={status}>
        <span className={styles['text']}>{text}</span>
      </StatusIndicator>
    </div>
  ))
}
