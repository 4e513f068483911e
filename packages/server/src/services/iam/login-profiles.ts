// A user's login profile: that it has a password for the console, and whether it must choose another at the next sign-in.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_LoginProfile.html
import type {
  CreateLoginProfileRequest,
  CreateLoginProfileResponse,
  DeleteLoginProfileRequest,
  GetLoginProfileRequest,
  GetLoginProfileResponse,
  UpdateLoginProfileRequest,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import { admitChange } from '../../authentication/password-changes.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import type { LoginProfileRow } from './passwords.ts'
import { retirePassword } from './passwords-former.ts'
import {
  acceptablePassword,
  findLoginProfile,
  hashUnlessReused,
  theLoginProfile,
  updatePassword,
} from './passwords.ts'
import { userNameOf } from './subject.ts'
import type { UserRow } from './user-lookup.ts'
import { onUser, theUser } from './user-lookup.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html
export const CreateLoginProfile = operation<CreateLoginProfileRequest, CreateLoginProfileResponse>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onUser('iam:CreateLoginProfile', context, userNameOf(UserName, context)),
  ],

  async perform({ UserName, Password, PasswordResetRequired = false }, context) {
    const { account, db, now } = context
    if (Password === undefined) throw passwordMissing()
    const user = await theUser(context, userNameOf(UserName, context))
    if ((await findLoginProfile(context, user)) !== undefined) {
      throw new AwsError(
        'EntityAlreadyExists',
        `Login Profile for user ${user.userName} already exists.`,
      )
    }
    const password = await acceptablePassword(context, Password)
    await admitChange(context, user.userId)
    const passwordHash = await hashUnlessReused(context, user.userId, password)
    if (passwordHash instanceof AwsError) return passwordHash
    const profile: LoginProfileRow = {
      accountId: account,
      userId: user.userId,
      passwordHash,
      passwordResetRequired: PasswordResetRequired ? 1 : 0,
      createDate: now.getTime(),
      passwordChangedDate: now.getTime(),
    }
    await db.insertInto('loginProfile').values(profile).execute()
    return { LoginProfile: loginProfileMembers(user, profile) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html
export const GetLoginProfile = operation<GetLoginProfileRequest, GetLoginProfileResponse>({
  permissions: async ({ UserName }, context) => [
    await onUser('iam:GetLoginProfile', context, userNameOf(UserName, context)),
  ],

  async perform({ UserName }, context) {
    const user = await theUser(context, userNameOf(UserName, context))
    return { LoginProfile: loginProfileMembers(user, await theLoginProfile(context, user)) }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html
export const UpdateLoginProfile = operation<UpdateLoginProfileRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onUser('iam:UpdateLoginProfile', context, UserName),
  ],

  async perform({ UserName, Password, PasswordResetRequired }, context) {
    const profile = await theLoginProfile(context, await theUser(context, UserName))
    const password =
      Password === undefined ? undefined : await acceptablePassword(context, Password)
    if (password !== undefined) await admitChange(context, profile.userId)
    return updatePassword(context, profile, password, PasswordResetRequired)
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html
export const DeleteLoginProfile = operation<DeleteLoginProfileRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onUser('iam:DeleteLoginProfile', context, userNameOf(UserName, context)),
  ],

  async perform({ UserName }, context) {
    const { account, db } = context
    const user = await theUser(context, userNameOf(UserName, context))
    await retirePassword(context, await theLoginProfile(context, user))
    await db
      .deleteFrom('loginProfile')
      .where('accountId', '=', account)
      .where('userId', '=', user.userId)
      .execute()
  },
})

export const loginProfileOperations = {
  CreateLoginProfile,
  DeleteLoginProfile,
  GetLoginProfile,
  UpdateLoginProfile,
} satisfies Operations

/** The model leaves Password out for AssumeRoot sessions alone. */
const passwordMissing = () =>
  new AwsError(
    'ValidationError',
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
  )

function loginProfileMembers({ userName }: UserRow, profile: LoginProfileRow) {
  return {
    UserName: userName,
    CreateDate: new Date(profile.createDate),
    PasswordResetRequired: profile.passwordResetRequired === 1,
  }
}
