// A principal as the store has it: the user or role, its groups, and the policies that speak for it, compiled.
import { compilePolicy, parsePolicy, policySet } from '@twinlock/policy'
import type { CompiledPolicy, PolicySet } from '@twinlock/policy'
import type { AccountId } from '../identifiers/account-id.ts'
import { roleArn, rootArn, userArn } from '../identifiers/arns.ts'
import type { Queries } from '../store/store.ts'

/** A user, a role or the root user, with the policies that speak for it. */
export type Principal = {
  readonly kind: 'root' | 'user' | 'role'
  /** AIDA…, AROA… or the account id. */
  readonly id: string
  readonly arn: string
  readonly name: string
  readonly path: string
  /** Tag keys in lower case. */
  readonly tags: ReadonlyMap<string, string>
  readonly identity: PolicySet
  readonly boundary: PolicySet | undefined
}

/** The default version of a managed policy, compiled as `kind`; undefined when there is no such policy. */
export type FindManagedPolicy = (
  account: AccountId,
  arn: string,
  kind: 'identity' | 'boundary' | 'session',
) => Promise<CompiledPolicy | undefined>

/** The principal of that id, or undefined. */
export async function loadPrincipal(
  db: Queries,
  account: AccountId,
  principalId: string,
  findManagedPolicy: FindManagedPolicy,
): Promise<Principal | undefined> {
  if (principalId === account) return rootPrincipal(account)
  const kind = principalId.startsWith('AROA') ? 'role' : 'user'
  const entity =
    kind === 'role'
      ? await loadRole(db, account, principalId)
      : await loadUser(db, account, principalId)
  if (entity === undefined) return undefined

  const groups = kind === 'user' ? await groupsOf(db, account, principalId) : []
  const holders = [principalId, ...groups]
  const inline = await db
    .selectFrom('inlinePolicy')
    .select(['principalId', 'policyName', 'document'])
    .where('accountId', '=', account)
    .where('principalId', 'in', holders)
    .orderBy('policyNameKey')
    .execute()
  const attached = await db
    .selectFrom('attachment')
    .select('policyArn')
    .where('accountId', '=', account)
    .where('principalId', 'in', holders)
    .orderBy('policyArn')
    .execute()
  const tags = await db
    .selectFrom('tag')
    .select(['tagKey', 'value'])
    .where('accountId', '=', account)
    .where('resourceId', '=', principalId)
    .execute()

  const managed = await Promise.all(
    [...new Set(attached.map(({ policyArn }) => policyArn))].map(arn =>
      demandPolicy(findManagedPolicy(account, arn, 'identity'), arn),
    ),
  )
  const { permissionsBoundary } = entity
  return {
    kind,
    id: principalId,
    arn: entity.arn,
    name: entity.name,
    path: entity.path,
    tags: new Map(tags.map(({ tagKey, value }) => [tagKey, value])),
    identity: policySet([
      ...inline.map(({ policyName, document }) =>
        compilePolicy(parsePolicy(document, 'identity'), {
          type: 'inline',
          name: policyName,
        }),
      ),
      ...managed,
    ]),
    boundary:
      permissionsBoundary === null
        ? undefined
        : policySet([
            await demandPolicy(
              findManagedPolicy(account, permissionsBoundary, 'boundary'),
              permissionsBoundary,
            ),
          ]),
  }
}

/** INVARIANT: an attached policy exists. One that is gone may have held a Deny: the request fails rather than pass without it. */
async function demandPolicy(
  found: Promise<CompiledPolicy | undefined>,
  arn: string,
): Promise<CompiledPolicy> {
  const policy = await found
  if (policy === undefined) throw new Error(`attached policy ${arn} is gone`)
  return policy
}

function rootPrincipal(account: AccountId): Principal {
  return {
    kind: 'root',
    id: account,
    arn: rootArn(account),
    name: 'root',
    path: '/',
    tags: new Map(),
    identity: policySet([]),
    boundary: undefined,
  }
}

async function loadUser(db: Queries, account: AccountId, userId: string) {
  const row = await db
    .selectFrom('user')
    .select(['userName', 'path', 'permissionsBoundary'])
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .executeTakeFirst()
  return row && { ...row, name: row.userName, arn: userArn(account, row.path, row.userName) }
}

async function loadRole(db: Queries, account: AccountId, roleId: string) {
  const row = await db
    .selectFrom('role')
    .select(['roleName', 'path', 'permissionsBoundary'])
    .where('accountId', '=', account)
    .where('roleId', '=', roleId)
    .executeTakeFirst()
  return row && { ...row, name: row.roleName, arn: roleArn(account, row.path, row.roleName) }
}

async function groupsOf(db: Queries, account: AccountId, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('membership')
    .select('groupId')
    .where('accountId', '=', account)
    .where('userId', '=', userId)
    .execute()
  return rows.map(({ groupId }) => groupId)
}
