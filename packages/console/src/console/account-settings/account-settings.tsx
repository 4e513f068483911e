// What holds for the whole account: passwords, alias, MFA.
import { Page } from '../page.tsx'
import { Alias } from './alias.tsx'
import { MfaRequirement } from './mfa-requirement.tsx'
import { PasswordPolicy } from './password-policy.tsx'

export function AccountSettings() {
  return (
    <Page title="Account settings">
      <MfaRequirement />
      <PasswordPolicy />
      <Alias />
    </Page>
  )
}
