// A password that must be changed is changed before anything else, by the account's policy. Every other session that the old one
// opened ends with it.
import { AwsError } from '@twinlock/protocol'
import { changeBucket } from '../../authentication/password-changes.ts'
import { passwordMark } from '../../authentication/password-mark.ts'
import type { SignInPrincipal } from '../../authentication/sign-in-password.ts'
import type { AcceptablePassword } from '../../services/iam/passwords.ts'
import {
  acceptablePassword,
  isOldPassword,
  theLoginProfile,
  updatePassword,
} from '../../services/iam/passwords.ts'
import { touchAccount } from '../../store/account-revision.ts'
import { restartingTransaction } from '../../store/beforehand.ts'
import type { ChangePasswordInput } from '../api.ts'
import type { Visit, WebParts } from '../visit.ts'
import { signInExpired, tooManyAttempts } from '../web-error.ts'
import { passwordUpdatedRow } from './sign-in-audit.ts'
import type { StepResult } from './steps.ts'
import { contextOf, proceed, take, theAttempt, theSigner } from './steps.ts'

/** @throws AwsError PasswordPolicyViolation; WebError TooManyAttempts */
export async function changePassword(
  parts: WebParts,
  visit: Visit,
  token: string | undefined,
  { newPassword }: ChangePasswordInput,
): Promise<StepResult> {
  const { attempt } = await theAttempt(parts, visit, token, 'change-password')
  const { principal } = attempt
  if (principal.kind === 'root') throw signInExpired()
  const { account } = principal
  const password = await admittedPassword(parts, visit, principal, newPassword)
  const advanced = await restartingTransaction(parts.store, async tx => {
    await touchAccount(tx, account)
    const context = await contextOf(parts, visit, principal, tx)
    const user = await theSigner(context, principal)
    const profile = await theLoginProfile(context, user)
    // Another password was set while this one's hashes were computed.
    if (passwordMark(profile.passwordHash) !== attempt.passwordMark) throw signInExpired()
    if (await isOldPassword(context, profile.passwordHash, password)) throw sameAgain()
    const refusal = await updatePassword(context, profile, password, false)
    if (refusal !== undefined) throw refusal
    const { passwordHash } = await theLoginProfile(context, user)
    await parts.trail.writeRow(tx, passwordUpdatedRow(visit, attempt))
    return take(tx, attempt, { passwordMark: passwordMark(passwordHash) })
  })
  parts.principals.drop(account)
  return proceed(parts, visit, advanced)
}

/** A change is counted before anything is hashed for it, and by itself: a refusal, which undoes everything else, leaves it counted. */
async function admittedPassword(
  parts: WebParts,
  visit: Visit,
  principal: SignInPrincipal,
  newPassword: string,
): Promise<AcceptablePassword> {
  const context = await contextOf(parts, visit, principal, parts.store.db)
  const password = await acceptablePassword(context, newPassword)
  const bucket = changeBucket(context.caller, principal.principalId)
  const admission = await parts.throttle.admit([bucket], visit.now)
  if (admission.outcome === 'wait') throw tooManyAttempts(admission.seconds)
  return password
}

const sameAgain = () =>
  new AwsError('PasswordPolicyViolation', 'Your new password must differ from the old one.')
