// A group as a name finds it. It is authorized by its stored ARN, path included, and by the asked name where there is none.
import type { Selectable } from 'kysely'
import { groupArn } from '../../identifiers/arns.ts'
import type { Tables } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import type { Permission } from '../operation.ts'
import { nameKey, nameNotFound } from './names.ts'

export type GroupRow = Selectable<Tables['group']>

export function findGroup(
  { db, account }: Context,
  groupName: string,
): Promise<GroupRow | undefined> {
  return db
    .selectFrom('group')
    .selectAll()
    .where('accountId', '=', account)
    .where('groupNameKey', '=', nameKey(groupName))
    .executeTakeFirst()
}

/** @throws AwsError NoSuchEntity */
export async function theGroup(context: Context, groupName: string): Promise<GroupRow> {
  const group = await findGroup(context, groupName)
  if (group === undefined) throw nameNotFound('group', groupName)
  return group
}

type More = Pick<Permission, 'keys' | 'requestTags' | 'requestTagKeys'>

/** The permission to do `action` to a group, by its stored ARN. */
export async function onGroup(
  action: string,
  context: Context,
  groupName: string,
  more: More = {},
): Promise<Permission> {
  const group = await findGroup(context, groupName)
  return {
    action,
    resource: groupArn(context.account, group?.path ?? '/', group?.groupName ?? groupName),
    shownAs: `group ${groupName}`,
    ...more,
  }
}
