// Who uses a managed policy: the users, groups and roles that it is attached to or bounds.
import type {
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse,
  PolicyUsageType,
} from '@aws-sdk/client-iam'
import type { Context } from '../context.ts'
import type { Checked, Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { checkPath, endOfPrefix } from './paths.ts'
import { checkReadable, findPolicy, onPolicy, policyNotAttachable } from './policies.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html
export const ListEntitiesForPolicy = operation<
  ListEntitiesForPolicyRequest,
  ListEntitiesForPolicyResponse
>({
  check: ({ PathPrefix }) => checkPath(PathPrefix, 'pathPrefix'),

  permissions: async ({ PolicyArn }, context) => [
    await onPolicy('iam:ListEntitiesForPolicy', context, PolicyArn),
  ],

  async perform(input, context) {
    checkReadable(context, 'iam:ListEntitiesForPolicy', input.PolicyArn)
    const policy = await findPolicy(context, input.PolicyArn)
    if (policy === undefined) throw policyNotAttachable(input.PolicyArn)

    const { items, paging } = await page(
      input,
      context,
      listName(policy.policyId, input),
      (after = '', limit) => entitiesAfter(context, input, after, limit),
      ({ id }) => id,
    )
    const ofKind = (kind: Entity['kind']) => items.filter(entity => entity.kind === kind)
    return {
      PolicyGroups: ofKind('Group').map(({ id, name }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: ofKind('User').map(({ id, name }) => ({ UserName: name, UserId: id })),
      PolicyRoles: ofKind('Role').map(({ id, name }) => ({ RoleName: name, RoleId: id })),
      ...paging,
    }
  },
})

export const policyEntityOperations = { ListEntitiesForPolicy } satisfies Operations

type Input = Checked<ListEntitiesForPolicyRequest>

/** The list's name for its markers: the policy, and what else the request chooses entities by. */
const listName = (policyId: string, { EntityFilter, PolicyUsageFilter, PathPrefix = '/' }: Input) =>
  `${EntityFilter ?? 'entities'} under ${PathPrefix} of ${policyId}, ${PolicyUsageFilter ?? 'any use'}`

type Entity = { readonly kind: keyof typeof FIND; readonly id: string; readonly name: string }

/** Which entities are asked for: `after` is the unique id of the last one that was shown. */
type Choice = {
  readonly arn: string
  readonly usage: PolicyUsageType | undefined
  readonly pathPrefix: string
  readonly after: string
  readonly limit: number
}

/** By kind, in the order of their unique ids: AGPA, AIDA, AROA. */
const FIND = { Group: findGroups, User: findUsers, Role: findRoles } as const

/** Up to `limit` entities that use the policy, sorted by unique id. */
async function entitiesAfter(
  context: Context,
  input: Input,
  after: string,
  limit: number,
): Promise<Entity[]> {
  const { PolicyArn: arn, PolicyUsageFilter: usage, PathPrefix: pathPrefix = '/' } = input
  const entities: Entity[] = []
  for (const kind of ['Group', 'User', 'Role'] as const) {
    if (input.EntityFilter !== undefined && input.EntityFilter !== kind) continue
    const rows = await FIND[kind](context, { arn, usage, pathPrefix, after, limit })
    entities.push(...rows.map(row => ({ kind, ...row })))
  }
  return entities.slice(0, limit)
}

/** Groups have no permissions boundaries. */
async function findGroups(context: Context, { arn, usage, pathPrefix, after, limit }: Choice) {
  if (usage === 'PermissionsBoundary') return []
  return context.db
    .selectFrom('group')
    .select(['groupId as id', 'groupName as name'])
    .where('accountId', '=', context.account)
    .where('groupId', '>', after)
    .where('groupId', 'in', attachedTo(context, arn))
    .where('path', '>=', pathPrefix)
    .where('path', '<', endOfPrefix(pathPrefix))
    .orderBy('groupId')
    .limit(limit)
    .execute()
}

function findUsers(context: Context, { arn, usage, pathPrefix, after, limit }: Choice) {
  return context.db
    .selectFrom('user')
    .select(['userId as id', 'userName as name'])
    .where('accountId', '=', context.account)
    .where('userId', '>', after)
    .where(eb =>
      eb.or([
        ...(usage === 'PermissionsBoundary' ? [] : [eb('userId', 'in', attachedTo(context, arn))]),
        ...(usage === 'PermissionsPolicy' ? [] : [eb('permissionsBoundary', '=', arn)]),
      ]),
    )
    .where('path', '>=', pathPrefix)
    .where('path', '<', endOfPrefix(pathPrefix))
    .orderBy('userId')
    .limit(limit)
    .execute()
}

function findRoles(context: Context, { arn, usage, pathPrefix, after, limit }: Choice) {
  return context.db
    .selectFrom('role')
    .select(['roleId as id', 'roleName as name'])
    .where('accountId', '=', context.account)
    .where('roleId', '>', after)
    .where(eb =>
      eb.or([
        ...(usage === 'PermissionsBoundary' ? [] : [eb('roleId', 'in', attachedTo(context, arn))]),
        ...(usage === 'PermissionsPolicy' ? [] : [eb('permissionsBoundary', '=', arn)]),
      ]),
    )
    .where('path', '>=', pathPrefix)
    .where('path', '<', endOfPrefix(pathPrefix))
    .orderBy('roleId')
    .limit(limit)
    .execute()
}

/** A query of the ids of all identities that a policy is attached to. */
const attachedTo = ({ account, db }: Context, arn: string) =>
  db
    .selectFrom('attachment')
    .select('principalId')
    .where('accountId', '=', account)
    .where('policyArn', '=', arn)
