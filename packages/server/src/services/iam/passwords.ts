// Passwords of users: how a new one is accepted and kept, and how a user changes its own.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords.html
import type { ChangePasswordRequest } from '@aws-sdk/client-iam'
import {
  PASSWORD_REUSE_VIOLATION,
  checkPasswordPolicy,
  hashPassword,
  isPasswordReused,
  passwordPolicyViolation,
  verifyPassword,
} from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import type { Selectable } from 'kysely'
import { followPassword } from '../../authentication/browser-sessions.ts'
import { beforehand } from '../../store/beforehand.ts'
import type { Tables } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { admitGuess, countWrongGuess, forgetGuesses } from './password-guesses.ts'
import { findPasswordPolicy, mayChangeOwnPassword } from './password-policy.ts'
import type { UserRow } from './user-lookup.ts'
import { onUser, theUser } from './user-lookup.ts'

export type LoginProfileRow = Selectable<Tables['loginProfile']>

/** Former passwords that are kept for each user: as many as PasswordReusePrevention may name. */
const FORMER_PASSWORDS = 24

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
    await admitGuess(context, profile.userId)
    if (!(await isOldPassword(context, profile.passwordHash, OldPassword))) {
      await countWrongGuess(context, profile.userId)
      return new AwsError('AccessDenied', 'The old password was incorrect.')
    }
    await forgetGuesses(context, profile.userId)
    await updatePassword(context, profile, NewPassword, false)
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
  { db }: Context,
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  return beforehand(db, ['old password', passwordHash], () =>
    verifyPassword(passwordHash, password),
  )
}

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

/**
 * The hash of a password that the account's policy accepts for a user.
 * @throws AwsError PasswordPolicyViolation
 */
export async function acceptPassword(
  context: Context,
  userId: string,
  password: string,
): Promise<string> {
  const policy = await findPasswordPolicy(context)
  const unmet = checkPasswordPolicy(password, policy, await accountFacts(context))
  if (unmet.length > 0) throw violation(passwordPolicyViolation(unmet))

  const remembered = await lastPasswords(context, userId, policy?.PasswordReusePrevention ?? 0)
  const passwordHash = await beforehand(context.db, ['new password', ...remembered], async () =>
    (await isPasswordReused(remembered, password)) ? undefined : hashPassword(password),
  )
  if (passwordHash === undefined) throw violation(PASSWORD_REUSE_VIOLATION)
  return passwordHash
}

/**
 * Sets another password, when the account's policy accepts it, and whether it must be changed at the next sign-in. What is
 * left out stays as it is.
 * @throws AwsError PasswordPolicyViolation
 */
export async function updatePassword(
  context: Context,
  profile: LoginProfileRow,
  password: string | undefined,
  resetRequired: boolean | undefined,
): Promise<void> {
  const { account, db, now } = context
  let changed = profile
  if (password !== undefined) {
    const passwordHash = await acceptPassword(context, profile.userId, password)
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
}

/**
 * Remembers a password that is no longer used, for PasswordReusePrevention. It outlives the login profile, or deleting
 * and making one again would bring an old password back.
 */
export async function retirePassword(
  { account, db, now }: Context,
  { userId, passwordHash }: LoginProfileRow,
): Promise<void> {
  await db
    .insertInto('formerPassword')
    .values({ accountId: account, userId, passwordHash, replacedDate: now.getTime() })
    .execute()
  await db
    .deleteFrom('formerPassword')
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .where('passwordHash', 'not in', eb =>
      eb
        .selectFrom('formerPassword')
        .select('passwordHash')
        .where('accountId', '=', account)
        .where('userId', '=', userId)
        .orderBy('replacedDate', 'desc')
        .limit(FORMER_PASSWORDS),
    )
    .execute()
}

const violation = (message: string) => new AwsError('PasswordPolicyViolation', message)

/** Hashes of the user's last passwords, the current one among them. */
async function lastPasswords({ account, db }: Context, userId: string, count: number) {
  if (count === 0) return []
  const current = await db
    .selectFrom('loginProfile')
    .select('passwordHash')
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .execute()
  const former = await db
    .selectFrom('formerPassword')
    .select('passwordHash')
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .orderBy('replacedDate', 'desc')
    .limit(count)
    .execute()
  return [...current, ...former].slice(0, count).map(({ passwordHash }) => passwordHash)
}

/** What AWS's default policy keeps out of passwords. */
async function accountFacts({ account, db }: Context) {
  const { alias, email } = await db
    .selectFrom('account')
    .select(['alias', 'email'])
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  return alias === null ? { email } : { accountName: alias, email }
}
