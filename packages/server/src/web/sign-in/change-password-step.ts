// A password that must be changed is changed before anything else, by the account's policy. Every other session that the old one
// opened ends with it.
import { AwsError } from '@twinlock/protocol'
import { passwordMark } from '../../authentication/password-mark.ts'
import { isOldPassword, theLoginProfile, updatePassword } from '../../services/iam/passwords.ts'
import { touchAccount } from '../../store/account-revision.ts'
import { restartingTransaction } from '../../store/beforehand.ts'
import type { ChangePasswordInput } from '../api.ts'
import type { Visit, WebParts } from '../visit.ts'
import { signInExpired } from '../web-error.ts'
import { passwordUpdatedRow } from './sign-in-audit.ts'
import type { StepResult } from './steps.ts'
import { contextOf, proceed, take, theAttempt, theSigner } from './steps.ts'

/** @throws AwsError PasswordPolicyViolation */
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
  const advanced = await restartingTransaction(parts.store, async tx => {
    await touchAccount(tx, account)
    const context = await contextOf(parts, visit, principal, tx)
    const user = await theSigner(context, principal)
    const profile = await theLoginProfile(context, user)
    // Another password was set while this one's hashes were computed.
    if (passwordMark(profile.passwordHash) !== attempt.passwordMark) throw signInExpired()
    if (await isOldPassword(context, profile.passwordHash, newPassword)) throw sameAgain()
    await updatePassword(context, profile, newPassword, false)
    const { passwordHash } = await theLoginProfile(context, user)
    await parts.trail.writeRow(tx, passwordUpdatedRow(visit, attempt))
    return take(tx, attempt, { passwordMark: passwordMark(passwordHash) })
  })
  parts.principals.drop(account)
  return proceed(parts, visit, advanced)
}

const sameAgain = () =>
  new AwsError('PasswordPolicyViolation', 'Your new password must differ from the old one.')
