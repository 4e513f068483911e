// What the caller may see of the users of a page: of each user the parts for which IAM's own operations would answer, and no other.
import { userArn } from '../../identifiers/arns.ts'
import type { CredentialAction } from '../../web/api.ts'
import type { Context } from '../context.ts'
import type { Read } from '../iam/entity-details.ts'
import { readTags } from '../iam/entity-details.ts'
import type { UserRow } from '../iam/user-lookup.ts'

/** The parts of a user, each by the action with which IAM asks for it. */
const PARTS = [
  'iam:GetLoginProfile',
  'iam:ListMFADevices',
  'iam:ListAccessKeys',
  'iam:GetAccessKeyLastUsed',
  'iam:ListGroupsForUser',
] as const satisfies readonly CredentialAction[]

export type UserPart = (typeof PARTS)[number]

export type Sight = {
  /**
   * A part of each user.
   * INVARIANT: `query` is asked for those users alone whose part the caller may see; of all others the part is undefined.
   */
  readonly read: <Item>(
    part: UserPart,
    query: (userIds: readonly string[]) => Promise<Read<Item>>,
  ) => Promise<(user: UserRow) => readonly Item[] | undefined>
  /** The parts that the caller may not see. */
  readonly deniedOn: (user: UserRow) => readonly UserPart[]
}

/** Asks the policies about every part of every user: by its ARN as it is stored, and with its tags. */
export async function sightOf(context: Context, users: readonly UserRow[]): Promise<Sight> {
  const ids = users.map(({ userId }) => userId)
  const tags = await readTags(context, ids)
  const permitted = await context.house.authorizer.permits(
    context,
    users.flatMap(({ userId, path, userName }) => {
      const resource = userArn(context.account, path, userName)
      return PARTS.map(action => ({ action, resource, resourceTags: tags(userId) }))
    }),
  )
  const denied = new Map(
    ids.map((id, user) => [
      id,
      PARTS.filter((_, part) => permitted[user * PARTS.length + part] !== true),
    ]),
  )
  const deniedTo = (userId: string) => denied.get(userId) ?? PARTS
  return {
    deniedOn: ({ userId }) => deniedTo(userId),
    async read(part, query) {
      const seen = ids.filter(id => !deniedTo(id).includes(part))
      const items = await query(seen)
      return ({ userId }) => (deniedTo(userId).includes(part) ? undefined : items(userId))
    },
  }
}
