// What comes next in a sign-in, as a function of what is proved and what the account asks for. The second lock comes before
// anything is changed: who knows an old password alone changes nothing with it.
import type { Attempt } from './sign-in-attempts.ts'
import type { MfaDeviceKind } from './mfa-method.ts'
import type { MfaRequirement } from './mfa-requirement.ts'

/** A device of who signs in. */
export type OwnDevice = {
  readonly serialNumber: string
  readonly deviceName: string
  readonly kind: MfaDeviceKind
}

/** Whether a password still opens anything. `expired`: only an administrator can set another (HardExpiry). */
export type PasswordState =
  | { readonly kind: 'good' | 'expired' }
  | { readonly kind: 'must-change'; readonly reason: ChangeReason }

/** Why a password must be changed; `reset`: an administrator wants it. */
export type ChangeReason = 'first-sign-in' | 'reset' | 'expired'

/** Whether somebody without a device is asked to enrol one. */
export type EnrolmentDemand =
  | { readonly demand: 'none' }
  | { readonly demand: 'prompt'; readonly by: Date | undefined }
  | { readonly demand: 'require' }

export type SignInFacts = {
  readonly devices: readonly OwnDevice[]
  readonly password: PasswordState
  readonly enrolment: EnrolmentDemand
}

export type NextStep = 'mfa' | 'password-expired' | 'change-password' | 'enrol' | 'finish'

export function nextStep(
  attempt: Attempt,
  { devices, password, enrolment }: SignInFacts,
): NextStep {
  if (devices.length > 0 && attempt.mfa === undefined) return 'mfa'
  if (password.kind === 'expired') return 'password-expired'
  if (password.kind === 'must-change') return 'change-password'
  if (devices.length > 0) return 'finish'
  switch (enrolment.demand) {
    case 'none':
      return 'finish'
    case 'prompt':
      return attempt.enrolsLater === true ? 'finish' : 'enrol'
    case 'require':
      return 'enrol'
    default:
      return enrolment satisfies never
  }
}

/** What the account's wish means to a user at `now`. */
export function enrolmentOfUsers(requirement: MfaRequirement, now: Date): EnrolmentDemand {
  switch (requirement.mode) {
    case 'off':
      return { demand: 'none' }
    case 'prompt':
      return { demand: 'prompt', by: undefined }
    case 'require':
      return demandFrom(new Date(requirement.by), now)
    default:
      return requirement satisfies never
  }
}

const MS_PER_DAY = 86_400_000

/**
 * What root owes: a device within some days of its first sign-in without one
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html).
 */
export function enrolmentOfRoot(
  firstSignInWithoutMfa: number | null,
  graceDays: number,
  now: Date,
): EnrolmentDemand {
  const first = firstSignInWithoutMfa ?? now.getTime()
  return demandFrom(new Date(first + graceDays * MS_PER_DAY), now)
}

const demandFrom = (by: Date, now: Date): EnrolmentDemand =>
  now.getTime() >= by.getTime() ? { demand: 'require' } : { demand: 'prompt', by }

/** When a password was set, and what an administrator wants of it. */
export type PasswordFacts = {
  readonly resetRequired: boolean
  readonly changedDate: number
  /** Whether its user has signed in before, with whatever password. */
  readonly hasSignedIn: boolean
}

/** What of the account's policy ends passwords (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html). */
export type PasswordLifetime = {
  readonly MaxPasswordAge?: number | undefined
  readonly HardExpiry?: boolean | undefined
}

/** The state of a password by the account's policy. */
export function passwordState(
  { resetRequired, changedDate, hasSignedIn }: PasswordFacts,
  policy: PasswordLifetime,
  now: Date,
): PasswordState {
  if (isPasswordExpired(changedDate, policy, now)) {
    return policy.HardExpiry === true
      ? { kind: 'expired' }
      : { kind: 'must-change', reason: 'expired' }
  }
  if (!resetRequired) return { kind: 'good' }
  return { kind: 'must-change', reason: hasSignedIn ? 'reset' : 'first-sign-in' }
}

/** Whether it was set longer ago than passwords may be old. */
export function isPasswordExpired(
  changedDate: number,
  { MaxPasswordAge }: PasswordLifetime,
  now: Date,
): boolean {
  return MaxPasswordAge !== undefined && now.getTime() >= changedDate + MaxPasswordAge * MS_PER_DAY
}
