// The account's password policy as the console asks about it:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
import type { PasswordPolicy } from '@aws-sdk/client-iam'

/** What may be ticked. */
export const RULES = [
  { key: 'RequireUppercaseCharacters', label: 'Require at least one uppercase letter (A-Z)' },
  { key: 'RequireLowercaseCharacters', label: 'Require at least one lowercase letter (a-z)' },
  { key: 'RequireNumbers', label: 'Require at least one number' },
  { key: 'RequireSymbols', label: 'Require at least one symbol' },
  { key: 'AllowUsersToChangePassword', label: 'Allow users to change their own password' },
  { key: 'HardExpiry', label: 'Password expiration requires administrator reset' },
] as const

export type Rule = (typeof RULES)[number]['key']

/** A policy as a form has it: a number that is empty is not asked for. */
export type PasswordRules = Readonly<Record<Rule, boolean>> & {
  readonly MinimumPasswordLength: string
  readonly MaxPasswordAge: string
  readonly PasswordReusePrevention: string
}

/** IAM's own policy, where the account has none. */
export const DEFAULT_RULES: PasswordRules = {
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  RequireNumbers: false,
  RequireSymbols: false,
  AllowUsersToChangePassword: true,
  HardExpiry: false,
  MinimumPasswordLength: '8',
  MaxPasswordAge: '',
  PasswordReusePrevention: '',
}

export function rulesOf(policy: PasswordPolicy): PasswordRules {
  const { MinimumPasswordLength, MaxPasswordAge, PasswordReusePrevention } = policy
  const ticked = RULES.map(({ key }) => [key, policy[key] ?? false])
  return {
    ...(Object.fromEntries(ticked) as Record<Rule, boolean>),
    MinimumPasswordLength: String(MinimumPasswordLength ?? 6),
    MaxPasswordAge: numberText(MaxPasswordAge),
    PasswordReusePrevention: numberText(PasswordReusePrevention),
  }
}

/** As UpdateAccountPasswordPolicy takes it: what is left out falls back to IAM's own value. */
export function policyOf(rules: PasswordRules) {
  const { MaxPasswordAge, PasswordReusePrevention, MinimumPasswordLength, HardExpiry } = rules
  return {
    ...rules,
    MinimumPasswordLength: Number(MinimumPasswordLength),
    MaxPasswordAge: MaxPasswordAge === '' ? undefined : Number(MaxPasswordAge),
    PasswordReusePrevention:
      PasswordReusePrevention === '' ? undefined : Number(PasswordReusePrevention),
    HardExpiry: HardExpiry && MaxPasswordAge !== '',
  }
}

/** Zero is how IAM says that it does not ask. */
const numberText = (value: number | undefined) =>
  value === undefined || value === 0 ? '' : String(value)
