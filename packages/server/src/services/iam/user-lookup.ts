// A user as a name finds it. It is authorized by its stored ARN, path included, and by the asked name where there is none.
import type { Selectable } from 'kysely'
import { userArn } from '../../identifiers/arns.ts'
import type { Tables } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import type { Permission } from '../operation.ts'
import { nameKey, nameNotFound } from './names.ts'
import { tagsOf } from './tags.ts'

export type UserRow = Selectable<Tables['user']>

export function findUser({ db, account }: Context, userName: string): Promise<UserRow | undefined> {
  return db
    .selectFrom('user')
    .selectAll()
    .where('accountId', '=', account)
    .where('userNameKey', '=', nameKey(userName))
    .executeTakeFirst()
}

/** @throws AwsError NoSuchEntity */
export async function theUser(context: Context, userName: string): Promise<UserRow> {
  const user = await findUser(context, userName)
  if (user === undefined) throw nameNotFound('user', userName)
  return user
}

/** A user by the id, whatever the name is by now. */
export function findUserById(
  { db, account }: Context,
  userId: string,
): Promise<UserRow | undefined> {
  return db
    .selectFrom('user')
    .selectAll()
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .executeTakeFirst()
}

type More = Pick<Permission, 'keys' | 'requestTags' | 'requestTagKeys'>

/** The permission to do `action` to a user, by its stored ARN. */
export async function onUser(
  action: string,
  context: Context,
  userName: string,
  more: More = {},
): Promise<Permission> {
  const user = await findUser(context, userName)
  return {
    action,
    resource: userArn(context.account, user?.path ?? '/', user?.userName ?? userName),
    shownAs: `user ${userName}`,
    ...(user && { resourceTags: await tagsOf(context, user.userId) }),
    ...more,
  }
}

/** The same for an action that has the user's present boundary as a condition key. */
export async function onBoundedUser(
  action: string,
  context: Context,
  userName: string,
  more: More = {},
): Promise<Permission> {
  const user = await findUser(context, userName)
  const keys = { 'iam:PermissionsBoundary': user?.permissionsBoundary ?? undefined, ...more.keys }
  return onUser(action, context, userName, { ...more, keys })
}
