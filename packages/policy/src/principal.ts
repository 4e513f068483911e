// Who calls, and how a Principal element names them. The form of the naming decides what a resource
// policy's Allow is worth.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
import type { PrincipalElement, PrincipalEntry } from './policy.ts'

/** The caller, as policies may name them. */
export type PrincipalFacts = {
  readonly account: string
  /**
   * Every ARN that names the caller: a user's own; for a role session those of the session and of
   * the role; for a federated user's session those of the session and of the user. For services and
   * identity providers their names.
   */
  readonly arns: readonly string[]
  /** Unique ids (AIDA…, AROA…), and canonical user ids. */
  readonly ids: readonly string[]
  readonly isRoot: boolean
  /** A service-linked role: an organization's policies do not bind it. */
  readonly isServiceLinked?: boolean
  /**
   * `federatedUser`: a session of GetFederationToken. `federated`: a user of an identity provider,
   * in a trust policy.
   */
  readonly kind: 'root' | 'user' | 'role' | 'federatedUser' | 'service' | 'federated' | 'anonymous'
}

/**
 * How an element names the caller, the strongest form last. `account` delegates to the account's
 * own policies, `entity` is the user or role itself, `exact` the session, everybody, a service or
 * an identity provider.
 */
export type Naming = 'none' | 'account' | 'entity' | 'exact'

/** Asked for every request; `hasBoundary` is whether the caller has a permissions boundary. */
export type PrincipalMatcher = (principal: PrincipalFacts, hasBoundary: boolean) => Naming

/** Unique ids to which a trust policy's ARNs were bound when it was saved. */
export type PrincipalBindings = Readonly<Record<string, string>>

const STRENGTH = { none: 0, account: 1, entity: 2, exact: 3 } as const satisfies Record<
  Naming,
  number
>

const ACCOUNT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/
const UNIQUE_ID = /^A[A-Z]{3}[A-Z0-9]{12,28}$/

/** The stronger of two namings. */
export function strongerNaming(a: Naming, b: Naming): Naming {
  return STRENGTH[a] >= STRENGTH[b] ? a : b
}

/**
 * NotPrincipal names whoever is not exempt by it, and everybody who has a permissions boundary, as
 * AWS documents for Deny, its only use.
 */
export function compilePrincipal(
  { element, principals }: PrincipalElement,
  bindings: PrincipalBindings = {},
): PrincipalMatcher {
  if (element === 'Principal') {
    return principals === '*' ? () => 'exact' : anyOf(principals, bindings)
  }
  const isExempt = principals === '*' ? () => true : exemption(principals, bindings)
  return (principal, hasBoundary) => (hasBoundary || !isExempt(principal) ? 'exact' : 'none')
}

/**
 * Exempt is who is listed under every name: a user with the account, a session with the role and
 * the account. A name that was bound to a unique id exempts only whoever has that id.
 */
function exemption(
  entries: readonly PrincipalEntry[],
  bindings: PrincipalBindings,
): (principal: PrincipalFacts) => boolean {
  const listed = new Set(entries.filter(({ type }) => type === 'AWS').map(({ value }) => value))
  const accounts = new Set([...listed].map(value => ACCOUNT.exec(value)?.[1]))
  const boundTo = (arn: string) => (Object.hasOwn(bindings, arn) ? bindings[arn] : undefined)
  const unbound = new Set([...listed].filter(value => boundTo(value) === undefined))
  const ids = new Set([...listed].map(value => boundTo(value) ?? value))
  const names = anyOf(entries, bindings)
  return principal => {
    if (listed.has('*') && principal.kind !== 'federated') return true
    if (!hasAccount(principal)) return names(principal) !== 'none'
    if (!accounts.has(principal.account)) return false
    return principal.kind === 'root' || hasAllNames(principal, unbound, ids)
  }
}

/** A unique id stands for the ARN of its user or role, not for that of a session. */
function hasAllNames(
  { arns, ids }: PrincipalFacts,
  listedArns: ReadonlySet<string>,
  listedIds: ReadonlySet<string>,
): boolean {
  for (const arn of arns) {
    if (listedArns.has(arn)) continue
    if (arn.includes(':sts::') || !hasAny(listedIds, ids)) return false
  }
  return true
}

function hasAny(values: ReadonlySet<string>, names: readonly string[]): boolean {
  for (const name of names) if (values.has(name)) return true
  return false
}

type EntryMatcher = (principal: PrincipalFacts) => Naming

function anyOf(entries: readonly PrincipalEntry[], bindings: PrincipalBindings): EntryMatcher {
  const matchers = entries.map(entry => compileEntry(entry, bindings))
  return principal => {
    let naming: Naming = 'none'
    for (const matches of matchers) naming = strongerNaming(naming, matches(principal))
    return naming
  }
}

function compileEntry({ type, value }: PrincipalEntry, bindings: PrincipalBindings): EntryMatcher {
  switch (type) {
    case 'AWS':
      return compileAwsEntry(value, bindings)
    case 'Service':
      return ({ kind, arns }) => (kind === 'service' && arns.includes(value) ? 'exact' : 'none')
    case 'Federated':
      return ({ kind, arns }) => (kind === 'federated' && arns.includes(value) ? 'exact' : 'none')
    case 'CanonicalUser':
      return ({ ids }) => (ids.includes(value) ? 'entity' : 'none')
    default:
      return type satisfies never
  }
}

/** Users of identity providers are no AWS principals, and `*` does not mean them. */
function compileAwsEntry(value: string, bindings: PrincipalBindings): EntryMatcher {
  if (value === '*') return ({ kind }) => (kind === 'federated' ? 'none' : 'exact')
  const account = ACCOUNT.exec(value)?.[1]
  if (account !== undefined) {
    return principal =>
      hasAccount(principal) && principal.account === account ? 'account' : 'none'
  }
  if (UNIQUE_ID.test(value)) return ({ ids }) => (ids.includes(value) ? 'entity' : 'none')
  const boundTo = Object.hasOwn(bindings, value) ? bindings[value] : undefined
  if (boundTo !== undefined) return ({ ids }) => (ids.includes(boundTo) ? 'entity' : 'none')
  const naming = value.includes(':sts::') ? 'exact' : 'entity'
  return principal => (hasAccount(principal) && principal.arns.includes(value) ? naming : 'none')
}

/**
 * Whether the caller is a principal of an AWS account, with policies of its own; services, users of
 * identity providers and anonymous callers are not.
 */
export function hasAccount({ kind }: PrincipalFacts): boolean {
  return kind === 'root' || kind === 'user' || kind === 'role' || kind === 'federatedUser'
}
