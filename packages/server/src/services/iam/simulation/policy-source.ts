// PolicySourceArn: the user, group or role whose policies a simulation takes, and the texts of those policies. It is found by
// its name, whatever the path, and authorized by its stored ARN.
import { AwsError } from '@twinlock/protocol'
import { groupArn, roleArn, userArn } from '../../../identifiers/arns.ts'
import type { Context } from '../../context.ts'
import type { Permission } from '../../operation.ts'
import { findGroup } from '../group-lookup.ts'
import { GROUP, ROLE, USER } from '../identities.ts'
import { findRole } from '../role-lookup.ts'
import { findUser } from '../user-lookup.ts'
import type { IamEntityArn } from './iam-entity-arn.ts'
import { findIamEntityArn } from './iam-entity-arn.ts'
import { invalidInput } from './invalid-input.ts'
import type { Holder, SourcePolicy } from './source-policies.ts'
import { attachedTo, documentsOf, groupsOf, inlineOf } from './source-policies.ts'

/** The entity as it is stored, and its policies. */
export type PolicySource = {
  readonly entity: IamEntityArn
  readonly policies: readonly SourcePolicy[]
  /** Groups have none. */
  readonly boundary?: SourcePolicy
}

/** What the store knows of an entity. */
type Entity = Holder & {
  readonly arn: string
  readonly permissionsBoundary: string | null
}

/** @throws AwsError InvalidInput for what is no ARN of a user, group or role */
export function parseSourceArn(arn: string): IamEntityArn {
  const entity = findIamEntityArn(arn)
  if (entity !== undefined) return entity
  throw invalidInput(`Invalid ARN provided in the request: ${arn}`)
}

const PERMISSION = { user: USER, group: GROUP, role: ROLE } as const

/** The permission to do `action` to the source; a denial shows its ARN. */
export async function onSource(action: string, context: Context, arn: string): Promise<Permission> {
  const { account, kind, name } = parseSourceArn(arn)
  if (account !== context.account) return { action, resource: arn }
  const permission = await PERMISSION[kind].permission(action, context, name)
  return { ...permission, shownAs: permission.resource }
}

/** @throws AwsError InvalidInput for another account's, NoSuchEntity */
export async function readSource(context: Context, arn: string): Promise<PolicySource> {
  const asked = parseSourceArn(arn)
  if (asked.account !== context.account) {
    throw invalidInput(
      `Invalid Policy Source Arn: caller's account ${context.account} does not have access to policies in account ${asked.account}.`,
    )
  }
  const entity = await FIND[asked.kind](context, asked.name)
  if (entity === undefined) {
    throw new AwsError('NoSuchEntity', 'Unable to retrieve specified IAM entity.')
  }
  const { permissionsBoundary, arn: storedArn, name } = entity
  const holders = [entity, ...(await groupsOf(context, entity))]
  const attached = await attachedTo(context, holders)
  const documents = await documentsOf(context, [...attached, ...optional(permissionsBoundary)])
  return {
    entity: { ...asked, arn: storedArn, name },
    policies: [...(await inlineOf(context, holders)), ...attached.map(documents)],
    ...(permissionsBoundary !== null && { boundary: documents(permissionsBoundary) }),
  }
}

const optional = (arn: string | null) => (arn === null ? [] : [arn])

const FIND = {
  async user(context: Context, asked: string): Promise<Entity | undefined> {
    const user = await findUser(context, asked)
    if (user === undefined) return undefined
    const { userId: id, userName: name, path, permissionsBoundary } = user
    return {
      kind: 'user',
      id,
      name,
      arn: userArn(context.account, path, name),
      permissionsBoundary,
    }
  },

  async group(context: Context, asked: string): Promise<Entity | undefined> {
    const group = await findGroup(context, asked)
    if (group === undefined) return undefined
    const { groupId: id, groupName: name, path } = group
    const arn = groupArn(context.account, path, name)
    return { kind: 'group', id, name, arn, permissionsBoundary: null }
  },

  async role(context: Context, asked: string): Promise<Entity | undefined> {
    const role = await findRole(context, asked)
    if (role === undefined) return undefined
    const { roleId: id, roleName: name, path, permissionsBoundary } = role
    return {
      kind: 'role',
      id,
      name,
      arn: roleArn(context.account, path, name),
      permissionsBoundary,
    }
  },
} as const
