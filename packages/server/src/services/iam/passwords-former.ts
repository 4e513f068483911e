// Passwords that a user had before, which PasswordReusePrevention keeps from coming back.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
import type { Context } from '../context.ts'
import type { LoginProfileRow } from './passwords.ts'

/** Former passwords that are kept for each user: as many as PasswordReusePrevention may name. */
const FORMER_PASSWORDS = 24

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

/** Hashes of the user's last passwords, the current one among them. */
export async function lastPasswords({ account, db }: Context, userId: string, count: number) {
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
