// Passwords of users: how a new one is accepted and kept, and how a user changes its own.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords.html
import type { ChangePasswordRequest } from '@aws-sdk/client-iam'
import {
  PASSWORD_REUSE_VIOLATION,
  checkPasswordPolicy,
  passwordPolicyViolation,
} from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import type { Selectable } from 'kysely'
import { followPassword } from '../../authentication/browser-session-changes.ts'
import { admitChange } from '../../authentication/password-changes.ts'
import type { Hasher } from '../../authentication/password-hashing.ts'
import { hashFor, isReused } from '../../authentication/password-hashing.ts'
import type { Brand } from '../../identifiers/account-id.ts'
import { beforehand } from '../../store/beforehand.ts'
import type { Tables } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { admitGuess, countWrongGuess, forgetGuesses } from './password-guesses.ts'
import { findPasswordPolicy, mayChangeOwnPassword } from './password-policy.ts'
import { lastPasswords, retirePassword } from './passwords-former.ts'
import type { UserRow } from './user-lookup.ts'
import { onUser, theUser } from './user-lookup.ts'

export type LoginProfileRow = Selectable<Tables['loginProfile']>

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html
export const ChangePassword = operation<ChangePasswordRequest>({
  changes: true,

  permissions: async (_, context) => [
    {
      ...(await onUser('iam:ChangePassword', context, callingUser(context))),
      grantedBySetting: await mayChangeOwnPassword(context),
    },
  ],

  async perform({ OldPassword, NewPassword }, context) {
    const profile = await theLoginProfile(context, await theUser(context, callingUser(context)))
    const password = await acceptablePassword(context, NewPassword, OldPassword)
    await admitChange(context, profile.userId)
    await admitGuess(context, profile.userId)
    if (!(await isOldPassword(context, profile.passwordHash, OldPassword))) {
      await countWrongGuess(context, profile.userId)
      return new AwsError('AccessDenied', 'The old password was incorrect.')
    }
    await forgetGuesses(context, profile.userId)
    const refusal = await updatePassword(context, profile, password, false)
    if (refusal !== undefined) return refusal
    if (context.browser) await followPassword(context.db, context.browser.session)
    return undefined
  },
})

export const passwordOperations = { ChangePassword } satisfies Operations

/** @throws AwsError InvalidUserType: root's password and a role's lack of one are no business of ChangePassword */
function callingUser({ caller }: Context): string {
  if (caller.kind === 'user') return caller.userName
  throw new AwsError('InvalidUserType', 'Only IAM Users can change their own password.')
}

/** Whether it is the password that is to be replaced. */
export function isOldPassword(
  context: Context,
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  return beforehand(context.db, ['old password', passwordHash], () =>
    hashForCaller(context, ({ verify }) => verify(passwordHash, password)),
  )
}

/** Changes that one caller makes wait for each other, and no sign-in waits for them. */
export const hashForCaller = <Result>(
  { caller }: Context,
  work: (hasher: Hasher) => Promise<Result>,
): Promise<Result> => hashFor(`changes by ${caller.id}`, work)

export function findLoginProfile(
  { account, db }: Context,
  { userId }: UserRow,
): Promise<LoginProfileRow | undefined> {
  return db
    .selectFrom('loginProfile')
    .selectAll()
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .executeTakeFirst()
}

/** @throws AwsError NoSuchEntity for a user without a password */
export async function theLoginProfile(context: Context, user: UserRow): Promise<LoginProfileRow> {
  const profile = await findLoginProfile(context, user)
  if (profile !== undefined) return profile
  throw new AwsError('NoSuchEntity', `Login Profile for User ${user.userName} cannot be found.`)
}

/** A password that the account's policy accepts, former passwords aside. */
export type AcceptablePassword = Brand<string, 'AcceptablePassword'>

/**
 * What can be refused for free is refused first: before any hash, and uncounted.
 * @param old the password that it is to replace, as the caller typed it
 * @throws AwsError PasswordPolicyViolation
 */
export async function acceptablePassword(
  context: Context,
  password: string,
  old?: string,
): Promise<AcceptablePassword> {
  const policy = await findPasswordPolicy(context)
  const unmet = checkPasswordPolicy(password, policy, await accountFacts(context))
  if (unmet.length > 0) throw violation(passwordPolicyViolation(unmet))
  const mayRepeat = policy?.PasswordReusePrevention === undefined
  if (password === old && !mayRepeat) throw violation(PASSWORD_REUSE_VIOLATION)
  return password as AcceptablePassword
}

/** The hash of a new password; a refusal, where PasswordReusePrevention forbids it. */
export async function hashUnlessReused(
  context: Context,
  userId: string,
  password: AcceptablePassword,
): Promise<string | AwsError> {
  const policy = await findPasswordPolicy(context)
  const remembered = await lastPasswords(context, userId, policy?.PasswordReusePrevention ?? 0)
  const passwordHash = await beforehand(context.db, ['new password', ...remembered], () =>
    hashForCaller(context, async hasher =>
      (await isReused(hasher, remembered, password)) ? undefined : hasher.hash(password),
    ),
  )
  return passwordHash ?? violation(PASSWORD_REUSE_VIOLATION)
}

/**
 * Sets another password, and whether it must be changed at the next sign-in. What is left out stays as it is. A refusal is
 * returned, so that the change stays counted.
 */
export async function updatePassword(
  context: Context,
  profile: LoginProfileRow,
  password: AcceptablePassword | undefined,
  resetRequired: boolean | undefined,
): Promise<AwsError | undefined> {
  const { account, db, now } = context
  let changed = profile
  if (password !== undefined) {
    const passwordHash = await hashUnlessReused(context, profile.userId, password)
    if (passwordHash instanceof AwsError) return passwordHash
    await retirePassword(context, profile)
    changed = { ...changed, passwordHash, passwordChangedDate: now.getTime() }
  }
  if (resetRequired !== undefined) {
    changed = { ...changed, passwordResetRequired: resetRequired ? 1 : 0 }
  }
  await db
    .updateTable('loginProfile')
    .set(changed)
    .where('accountId', '=', account)
    .where('userId', '=', profile.userId)
    .execute()
  return undefined
}

const violation = (message: string) => new AwsError('PasswordPolicyViolation', message)

/** What AWS's default policy keeps out of passwords. */
async function accountFacts({ account, db }: Context) {
  const { alias, email } = await db
    .selectFrom('account')
    .select(['alias', 'email'])
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  return alias === null ? { email } : { accountName: alias, email }
}
