// When a password was set, and whether it may still be used.
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { PasswordDetail } from '@twinlock/server/console-api'
import { Ago } from '../instant.tsx'

export function PasswordSet({ password }: { readonly password: PasswordDetail }) {
  return (
    <>
      <Ago at={new Date(password.ChangeDate)} />
      {password.Expired && <ExpiredPassword />}
    </>
  )
}

/** On a line of its own. */
export function ExpiredPassword() {
  return (
    <div>
      <StatusIndicator type="warning">Expired</StatusIndicator>
    </div>
  )
}
