// A user, or root, as security keys know them.
import type { NamedKeyHolder } from '../../authentication/security-keys.ts'
import type { Context } from '../context.ts'
import type { UserRow } from '../iam/user-lookup.ts'

/** @param user undefined of root */
export async function keyHolderOf(
  { account, db }: Context,
  user: UserRow | undefined,
): Promise<NamedKeyHolder> {
  const { alias, email } = await db
    .selectFrom('account')
    .select(['alias', 'email'])
    .where('accountId', '=', account)
    .executeTakeFirstOrThrow()
  return user === undefined
    ? { account, principalId: account, userPath: undefined, displayName: email }
    : {
        account,
        principalId: user.userId,
        userPath: `${user.path}${user.userName}`,
        displayName: `${user.userName}@${alias ?? account}`,
      }
}
