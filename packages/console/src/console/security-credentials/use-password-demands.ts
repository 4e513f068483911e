// What the account asks of passwords, for those who may read it; all others learn it when a password is refused.
import { useIamIfThere } from '../../api/queries.ts'
import type { PasswordDemand } from '../../steps/password-demands.ts'
import { demandsOf } from '../../steps/password-demands.ts'

/** AWS's own policy, for accounts without one (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html). */
const DEFAULT_DEMANDS = demandsOf({
  minimumLength: 8,
  uppercase: false,
  lowercase: false,
  numbers: false,
  symbols: false,
  classes: 3,
})

/** Root's password obeys AWS's own policy, whatever the account asks of its users. */
export function usePasswordDemands(isRoot = false): readonly PasswordDemand[] {
  const { data } = useIamIfThere('GetAccountPasswordPolicy', {})
  if (isRoot || data === null) return DEFAULT_DEMANDS
  const policy = data?.PasswordPolicy
  if (policy === undefined) return []
  return demandsOf({
    minimumLength: policy.MinimumPasswordLength ?? 6,
    uppercase: policy.RequireUppercaseCharacters ?? false,
    lowercase: policy.RequireLowercaseCharacters ?? false,
    numbers: policy.RequireNumbers ?? false,
    symbols: policy.RequireSymbols ?? false,
  })
}
