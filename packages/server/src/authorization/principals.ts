// The principals' cache: what authentication and authorization must know of a caller, compiled and kept in memory. Entries
// live while the account's revision stands: own writes drop them at once, other processes' writes within REVISION_CHECK_MS.
import { compilePolicy, parsePolicy } from '@twinlock/policy'
import type { CompiledPolicy, PolicyKind } from '@twinlock/policy'
import type { AccountId } from '../identifiers/account-id.ts'
import { roleArn, rootArn, userArn } from '../identifiers/arns.ts'
import type { Recent } from '../recent.ts'
import { recent } from '../recent.ts'
import type { Queries, Store } from '../store/store.ts'
import { findAwsManagedPolicy } from './aws-managed-policies.ts'

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
  readonly identity: readonly CompiledPolicy[]
  readonly boundary: CompiledPolicy | undefined
}

/** A long-term access key, its secret opened. */
export type AccessKey = {
  readonly accessKeyId: string
  readonly principalId: string
  readonly secretAccessKey: string
  readonly active: boolean
}

export type Principals = {
  /**
   * Looks at the account's revision when the last look is REVISION_CHECK_MS old, and drops what it has outlived. Fails, for everybody who
   * asks, while the store cannot be asked: a node that is cut off honours nothing old.
   * @returns whether there is such an account
   */
  readonly refresh: (account: AccountId, now: Date) => Promise<boolean>
  readonly find: (account: AccountId, principalId: string) => Promise<Principal | undefined>
  readonly findAccessKey: (
    account: AccountId,
    accessKeyId: string,
  ) => Promise<AccessKey | undefined>
  /** The default version of a managed policy, compiled as `kind`; undefined when there is no such policy. */
  readonly findManagedPolicy: (
    account: AccountId,
    arn: string,
    kind: 'identity' | 'boundary' | 'session',
  ) => Promise<CompiledPolicy | undefined>
  /** This process changed the account. */
  readonly drop: (account: AccountId) => void
}

/** How long another process's change may stay unseen. */
export const REVISION_CHECK_MS = 1000

/** Principals kept per account; a user with three small policies takes about 20 kB. */
const MOST_CACHED = 2000

type Cache = {
  revision: number
  checkedAt: number
  /** The look that is under way. */
  looking?: Promise<boolean> | undefined
  readonly principals: Recent<Principal>
  readonly accessKeys: Recent<AccessKey>
  readonly managedPolicies: Recent<CompiledPolicy>
}

export function principals(store: Store, openSecret: OpenSecret): Principals {
  const caches = new Map<AccountId, Cache>()

  const cacheOf = (account: AccountId): Cache => {
    let cache = caches.get(account)
    if (cache === undefined) {
      cache = {
        revision: 0,
        checkedAt: 0,
        principals: recent(MOST_CACHED),
        accessKeys: recent(MOST_CACHED),
        managedPolicies: recent(MOST_CACHED),
      }
      caches.set(account, cache)
    }
    return cache
  }

  /** The value under `key`, read by `load` when it is missing. A change that comes while it loads keeps it out of the cache. */
  async function remember<Value>(
    account: AccountId,
    entries: (cache: Cache) => Recent<Value>,
    key: string,
    load: () => Promise<Value | undefined>,
  ): Promise<Value | undefined> {
    const cache = cacheOf(account)
    const known = entries(cache).find(key)
    if (known !== undefined) return known
    const value = await load()
    if (value !== undefined && caches.get(account) === cache) entries(cache).set(key, value)
    return value
  }

  /** INVARIANT: only accounts that exist have a cache, or made-up access key ids would fill the memory. */
  async function look(account: AccountId, now: Date): Promise<boolean> {
    const row = await store.db
      .selectFrom('account')
      .select('revision')
      .where('accountId', '=', account)
      .executeTakeFirst()
    if (row === undefined) return false
    if (caches.get(account)?.revision !== row.revision) caches.delete(account)
    const cache = cacheOf(account)
    cache.revision = row.revision
    cache.checkedAt = now.getTime()
    return true
  }

  const findManagedPolicy: Principals['findManagedPolicy'] = (account, arn, kind) =>
    remember(
      account,
      cache => cache.managedPolicies,
      `${kind} ${arn}`,
      async () => {
        const document =
          findAwsManagedPolicy(arn)?.document ?? (await defaultDocument(store.db, account, arn))
        if (document === undefined) return undefined
        const name = arn.slice(arn.lastIndexOf('/') + 1)
        const type = kind === 'identity' ? 'managed' : kind
        return compilePolicy(parsePolicy(document, kind), { type, name, arn })
      },
    )

  return {
    refresh(account, now) {
      const cache = caches.get(account)
      if (cache === undefined) return look(account, now)
      const age = now.getTime() - cache.checkedAt
      if (age >= 0 && age < REVISION_CHECK_MS) return Promise.resolve(true)
      cache.looking ??= look(account, now).finally(() => (cache.looking = undefined))
      return cache.looking
    },

    find: (account, principalId) =>
      remember(
        account,
        cache => cache.principals,
        principalId,
        () => loadPrincipal(store.db, account, principalId, findManagedPolicy),
      ),

    findAccessKey: (account, accessKeyId) =>
      remember(
        account,
        cache => cache.accessKeys,
        accessKeyId,
        () => loadAccessKey(store.db, account, accessKeyId, openSecret),
      ),

    findManagedPolicy,

    drop: account => void caches.delete(account),
  }
}

/** Opens a sealed secret access key. @throws Error when it does not open: the store was tampered with */
export type OpenSecret = (sealed: Uint8Array, accessKeyId: string) => string

async function loadAccessKey(
  db: Queries,
  account: AccountId,
  accessKeyId: string,
  openSecret: OpenSecret,
): Promise<AccessKey | undefined> {
  const row = await db
    .selectFrom('accessKey')
    .select(['principalId', 'sealedSecret', 'status'])
    .where('accountId', '=', account)
    .where('accessKeyId', '=', accessKeyId)
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    accessKeyId,
    principalId: row.principalId,
    secretAccessKey: openSecret(row.sealedSecret, accessKeyId),
    active: row.status === 'Active',
  }
}

async function loadPrincipal(
  db: Queries,
  account: AccountId,
  principalId: string,
  findManagedPolicy: Principals['findManagedPolicy'],
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
    identity: [
      ...inline.map(({ policyName, document }) =>
        compilePolicy(parsePolicy(document, 'identity' satisfies PolicyKind), {
          type: 'inline',
          name: policyName,
        }),
      ),
      ...managed,
    ],
    boundary:
      permissionsBoundary === null
        ? undefined
        : await demandPolicy(
            findManagedPolicy(account, permissionsBoundary, 'boundary'),
            permissionsBoundary,
          ),
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
    identity: [],
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

async function defaultDocument(db: Queries, account: AccountId, arn: string) {
  const row = await db
    .selectFrom('policy')
    .innerJoin('policyVersion', join =>
      join
        .onRef('policyVersion.accountId', '=', 'policy.accountId')
        .onRef('policyVersion.policyId', '=', 'policy.policyId')
        .onRef('policyVersion.version', '=', 'policy.defaultVersion'),
    )
    .select('document')
    .where('policy.accountId', '=', account)
    .where('policy.arn', '=', arn)
    .executeTakeFirst()
  return row?.document
}
