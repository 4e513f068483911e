// A user's password as the console shows it: with when it was set, which IAM does not tell, and whether it has expired.
import { isPasswordExpired } from '../../authentication/sign-in-state.ts'
import type { Context } from '../context.ts'
import { findPasswordPolicy } from '../iam/password-policy.ts'
import type { LoginProfileRow } from '../iam/passwords.ts'
import { theLoginProfile } from '../iam/passwords.ts'
import { userNameOf } from '../iam/subject.ts'
import { onUser, theUser } from '../iam/user-lookup.ts'
import { consoleOperation } from './console-operation.ts'

export const GetLoginProfile = consoleOperation('GetLoginProfile', {
  permissions: async ({ UserName }, context) => [
    await onUser('iam:GetLoginProfile', context, userNameOf(UserName, context)),
  ],
  async perform({ UserName }, context) {
    const user = await theUser(context, userNameOf(UserName, context))
    const describe = await passwordDetails(context)
    return { Password: describe(await theLoginProfile(context, user)) }
  },
})

type PasswordRow = Pick<
  LoginProfileRow,
  'createDate' | 'passwordChangedDate' | 'passwordResetRequired'
>

/** What pages are told of a password, by the account's policy. */
export async function passwordDetails(context: Context) {
  const policy = (await findPasswordPolicy(context)) ?? {}
  return ({ createDate, passwordChangedDate, passwordResetRequired }: PasswordRow) => ({
    CreateDate: new Date(createDate),
    ChangeDate: new Date(passwordChangedDate),
    ResetRequired: passwordResetRequired === 1,
    Expired: isPasswordExpired(passwordChangedDate, policy, context.now),
  })
}
