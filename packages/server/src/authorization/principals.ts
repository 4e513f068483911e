// The principals' cache: what authentication and authorization must know of a caller, compiled and kept in memory. Entries
// live while the account's revision stands: own writes drop them at once, other processes' writes within REVISION_CHECK_MS.
import { compilePolicy, parsePolicy } from '@twinlock/policy'
import type { CompiledPolicy } from '@twinlock/policy'
import type { AccountId } from '../identifiers/account-id.ts'
import { parseIamArn } from '../identifiers/arns.ts'
import type { Recent } from '../recent.ts'
import { recent } from '../recent.ts'
import type { Queries, Store } from '../store/store.ts'
import { findAwsManagedPolicy } from './aws-managed-policies.ts'
import type { FindManagedPolicy, Principal } from './load-principal.ts'
import { loadPrincipal } from './load-principal.ts'

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
  readonly findManagedPolicy: FindManagedPolicy
  /** Whether what is remembered of the account is as of this revision. */
  readonly isAsOf: (account: AccountId, revision: number) => boolean
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

  const findManagedPolicy: FindManagedPolicy = (account, arn, kind) =>
    remember(
      account,
      cache => cache.managedPolicies,
      `${kind} ${arn}`,
      async () => {
        const document =
          findAwsManagedPolicy(arn)?.document ?? (await defaultDocument(store.db, account, arn))
        if (document === undefined) return undefined
        const { name } = parseIamArn(arn)
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

    isAsOf: (account, revision) => caches.get(account)?.revision === revision,

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
