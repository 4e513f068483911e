// What is shown to a role instead of credentials.
import Alert from '@cloudscape-design/components/alert'

/** A role has no credentials of its own. */
export function NoCredentials() {
  return (
    <Alert type="info">
      You have switched to a role. Roles have no password, no MFA devices and no access keys of
      their own: switch back to manage yours.
    </Alert>
  )
}
