// What a new IAM user's password must fulfil: the account's password policy, or AWS's default where there is none.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html

/** The part of an account's PasswordPolicy that a password by itself can violate. Absent requirements are not made. */
export type PasswordPolicy = {
  readonly MinimumPasswordLength?: number
  readonly RequireUppercaseCharacters?: boolean
  readonly RequireLowercaseCharacters?: boolean
  readonly RequireNumbers?: boolean
  readonly RequireSymbols?: boolean
}

/** What AWS's default policy compares a password with. */
export type PasswordFacts = { readonly accountName?: string; readonly email?: string }

/** A requirement that a password does not meet. */
export type UnmetPasswordRequirement = {
  readonly requirement:
    | 'MinimumPasswordLength'
    | 'CharacterClasses'
    | 'NotIdentity'
    | CharacterClassField
  /** In AWS's words. */
  readonly message: string
}

/** Longer ones are nobody's (https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html). */
export const LONGEST_PASSWORD = 128

/** UpdateAccountPasswordPolicy's own default when it is called without a length. */
const CUSTOM_MINIMUM_LENGTH = 6

const DEFAULT_MINIMUM_LENGTH = 8
const DEFAULT_CLASSES = 3

type CharacterClassField = keyof typeof CHARACTER_CLASSES

/** Only the basic Latin letters count, and only these symbols. */
const CHARACTER_CLASSES = {
  RequireUppercaseCharacters: { members: /[A-Z]/, noun: 'uppercase letter' },
  RequireLowercaseCharacters: { members: /[a-z]/, noun: 'lowercase letter' },
  RequireNumbers: { members: /[0-9]/, noun: 'number' },
  RequireSymbols: { members: /[!@#$%^&*()_+\-=[\]{}|']/, noun: 'symbol' },
} as const

const CLASS_FIELDS = [
  'RequireUppercaseCharacters',
  'RequireLowercaseCharacters',
  'RequireNumbers',
  'RequireSymbols',
] as const satisfies CharacterClassField[]

/**
 * The requirements that the password does not meet; none means that it may be used. PasswordReusePrevention is not
 * among them: it needs the old hashes.
 * @param policy undefined for an account without a policy of its own
 */
export function checkPasswordPolicy(
  password: string,
  policy: PasswordPolicy | undefined,
  facts: PasswordFacts = {},
): readonly UnmetPasswordRequirement[] {
  return policy === undefined
    ? checkDefaultPolicy(password, facts)
    : checkCustomPolicy(password, policy)
}

/** The message of PasswordPolicyViolation for what `checkPasswordPolicy` found. */
export function passwordPolicyViolation(unmet: readonly UnmetPasswordRequirement[]): string {
  return unmet.map(({ message }) => message).join(', ')
}

/** The message of PasswordPolicyViolation for a password that was used before. */
export const PASSWORD_REUSE_VIOLATION =
  'Policy constraint violation with password reuse prevention during password change.'

function checkCustomPolicy(password: string, policy: PasswordPolicy) {
  const missing = missingClasses(password).filter(field => policy[field] === true)
  return [
    ...checkLength(password, policy.MinimumPasswordLength ?? CUSTOM_MINIMUM_LENGTH),
    ...missing.map(field => ({ requirement: field, message: classMessage(field) })),
  ]
}

function checkDefaultPolicy(
  password: string,
  facts: PasswordFacts,
): readonly UnmetPasswordRequirement[] {
  return [
    ...checkLength(password, DEFAULT_MINIMUM_LENGTH),
    ...checkClassCount(password),
    ...checkIdentity(password, facts),
  ]
}

function checkLength(password: string, minimum: number): readonly UnmetPasswordRequirement[] {
  if (password.length >= minimum) return []
  const message = `Password should have a minimum length of ${minimum} characters`
  return [{ requirement: 'MinimumPasswordLength', message }]
}

function checkClassCount(password: string): readonly UnmetPasswordRequirement[] {
  const missing = missingClasses(password)
  const more = DEFAULT_CLASSES - (CLASS_FIELDS.length - missing.length)
  if (more <= 0) return []
  const choices = missing.map(classMessage).join(', ')
  const message = `Password should meet ${more} more of the following requirements: ${choices}`
  return [{ requirement: 'CharacterClasses', message }]
}

function checkIdentity(
  password: string,
  facts: PasswordFacts,
): readonly UnmetPasswordRequirement[] {
  const typed = password.toLowerCase()
  const identities = [facts.accountName, facts.email].map(name => name?.toLowerCase())
  if (!identities.includes(typed)) return []
  const message = 'Password should not be identical to your AWS account name or email address'
  return [{ requirement: 'NotIdentity', message }]
}

function missingClasses(password: string) {
  return CLASS_FIELDS.filter(field => !CHARACTER_CLASSES[field].members.test(password))
}

function classMessage(field: CharacterClassField) {
  return `Password should have at least one ${CHARACTER_CLASSES[field].noun}`
}
