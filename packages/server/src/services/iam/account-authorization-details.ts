// GetAccountAuthorizationDetails: a snapshot of all users, groups, roles and policies of the account and how they hang
// together, page by page through one list after the other.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
import type {
  EntityType,
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse,
} from '@aws-sdk/client-iam'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { describeGroups, describePolicies, describeRoles, describeUsers } from './entity-details.ts'
import type { GroupRow } from './group-lookup.ts'
import { awsPolicies, ownPolicies } from './managed-policies.ts'
import type { ManagedPolicy } from './policies.ts'
import { policyKey } from './policies.ts'
import type { RoleRow } from './role-lookup.ts'
import type { UserRow } from './user-lookup.ts'

export const GetAccountAuthorizationDetails = operation<
  GetAccountAuthorizationDetailsRequest,
  GetAccountAuthorizationDetailsResponse
>({
  permissions: () => [{ action: 'iam:GetAccountAuthorizationDetails', resource: '*' }],

  async perform({ Filter = [], ...input }, context) {
    const lists = LISTS.filter(({ type }) => Filter.length === 0 || Filter.includes(type))
    const { items, paging } = await page(
      input,
      context,
      `authorization details of ${lists.map(({ type }) => type).join(' ')}`,
      (after = '', limit) => entriesAfter(context, lists, after, limit),
      ({ key }) => key,
    )
    const users = items.flatMap(entry => (entry.kind === 'user' ? [entry.row] : []))
    const groups = items.flatMap(entry => (entry.kind === 'group' ? [entry.row] : []))
    const roles = items.flatMap(entry => (entry.kind === 'role' ? [entry.row] : []))
    const policies = items.flatMap(entry => (entry.kind === 'policy' ? [entry.row] : []))
    return {
      UserDetailList: await describeUsers(context, users),
      GroupDetailList: await describeGroups(context, groups),
      RoleDetailList: await describeRoles(context, roles),
      Policies: await describePolicies(context, policies),
      ...paging,
    }
  },
})

export const accountAuthorizationDetailsOperations = {
  GetAccountAuthorizationDetails,
} satisfies Operations

type Entity =
  | { readonly kind: 'user'; readonly row: UserRow }
  | { readonly kind: 'group'; readonly row: GroupRow }
  | { readonly kind: 'role'; readonly row: RoleRow }
  | { readonly kind: 'policy'; readonly row: ManagedPolicy }

/** An entity with its key: unique in its list, which is sorted by it. */
type Entry = Entity & { readonly key: string }

type List = {
  readonly type: EntityType
  /** Up to `limit` entries whose keys sort after `after`, in order. */
  readonly fetch: (context: Context, after: string, limit: number) => Promise<readonly Entry[]>
}

/** The lists in the order in which pages go through them. */
const LISTS: readonly List[] = [
  {
    type: 'User',
    async fetch({ account, db }, after, limit) {
      const rows = await db
        .selectFrom('user')
        .selectAll()
        .where('accountId', '=', account)
        .where('userNameKey', '>', after)
        .orderBy('userNameKey')
        .limit(limit)
        .execute()
      return rows.map(row => ({ kind: 'user', row, key: row.userNameKey }))
    },
  },
  {
    type: 'Group',
    async fetch({ account, db }, after, limit) {
      const rows = await db
        .selectFrom('group')
        .selectAll()
        .where('accountId', '=', account)
        .where('groupNameKey', '>', after)
        .orderBy('groupNameKey')
        .limit(limit)
        .execute()
      return rows.map(row => ({ kind: 'group', row, key: row.groupNameKey }))
    },
  },
  {
    type: 'Role',
    async fetch({ account, db }, after, limit) {
      const rows = await db
        .selectFrom('role')
        .selectAll()
        .where('accountId', '=', account)
        .where('roleNameKey', '>', after)
        .orderBy('roleNameKey')
        .limit(limit)
        .execute()
      return rows.map(row => ({ kind: 'role', row, key: row.roleNameKey }))
    },
  },
  {
    type: 'LocalManagedPolicy',
    async fetch(context, after, limit) {
      const rows = await ownPolicies(context, { PathPrefix: '/', uses: undefined, after, limit })
      return rows.map(row => ({ kind: 'policy', row, key: policyKey(row.arn) }))
    },
  },
  {
    // Of AWS's own policies those that the account uses.
    type: 'AWSManagedPolicy',
    async fetch(context, after, limit) {
      const rows = await awsPolicies(context, { PathPrefix: '/', uses: 'any', after })
      return rows.slice(0, limit).map(row => ({ kind: 'policy', row, key: policyKey(row.arn) }))
    },
  },
]

/** Up to `limit` entries of the lists together. A key begins with the number of its list, one digit. */
async function entriesAfter(
  context: Context,
  lists: readonly List[],
  after: string,
  limit: number,
): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const list of lists) {
    const number = String(LISTS.indexOf(list))
    const isPast = number < after.slice(0, 1)
    if (isPast || entries.length >= limit) continue
    const afterKey = after.startsWith(number) ? after.slice(1) : ''
    const more = await list.fetch(context, afterKey, limit - entries.length)
    entries.push(...more.map(entry => ({ ...entry, key: number + entry.key })))
  }
  return entries
}
