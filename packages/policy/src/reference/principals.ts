// Principal and NotPrincipal, and the form in which they name a caller.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
import type { PrincipalElement, PrincipalEntry } from '../policy.ts'
import type { PrincipalBindings, PrincipalFacts } from '../principal.ts'

/** Forms of naming, the weakest first: each is worth what whatAllowIsWorth says. */
const FORMS = ['none', 'account', 'entity', 'exact'] as const

/**
 * `account`: the caller's account, which delegates to its policies; `entity`: the user or role;
 * `exact`: the session, everybody, a service, an identity provider.
 */
export type Naming = (typeof FORMS)[number]

type Circumstances = { readonly hasBoundary: boolean; readonly bindings: PrincipalBindings }

/** The strongest of several, `none` of none. */
export function strongest(namings: readonly Naming[]): Naming {
  return FORMS.findLast(form => namings.includes(form)) ?? 'none'
}

/** How the element names the caller. */
export function namingOf(
  { element, principals }: PrincipalElement,
  caller: PrincipalFacts,
  { hasBoundary, bindings }: Circumstances,
): Naming {
  if (element === 'Principal') {
    if (principals === '*') return 'exact'
    return strongest(principals.map(entry => namingOfEntry(entry, caller, bindings)))
  }
  // NotPrincipal with Deny always denies a principal that has a permissions boundary.
  if (hasBoundary) return 'exact'
  return principals === '*' || isExempt(principals, caller, bindings) ? 'none' : 'exact'
}

/**
 * Whoever is listed under every name: a user with its account, a session with its role and account,
 * or else the broader principal is still denied.
 */
function isExempt(
  entries: readonly PrincipalEntry[],
  caller: PrincipalFacts,
  bindings: PrincipalBindings,
): boolean {
  if (entries.some(entry => isEverybody(entry, caller))) return true
  const isListed = (names: PrincipalFacts, among: readonly PrincipalEntry[]) =>
    among.some(entry => namingOfEntry(entry, names, bindings) !== 'none')
  if (!isOfAccount(caller)) return isListed(caller, entries)
  const awsEntries = entries.filter(({ type }) => type === 'AWS')
  return namesOf(caller).every(names => isListed(names, awsEntries))
}

/** The names of a caller one by one: the account, and the user, or the role and its session. */
function namesOf(caller: PrincipalFacts): readonly PrincipalFacts[] {
  const account = { ...caller, arns: [], ids: [] }
  const others = caller.kind === 'root' ? [] : caller.arns
  return [
    account,
    ...others.map(arn => ({ ...caller, account: '', arns: [arn], ids: idsOf(arn, caller) })),
  ]
}

/** Unique ids belong to users and roles, not to their sessions. */
function idsOf(arn: string, { ids }: PrincipalFacts): readonly string[] {
  return arn.split(':')[2] === 'sts' ? [] : ids
}

function namingOfEntry(
  { type, value }: PrincipalEntry,
  caller: PrincipalFacts,
  bindings: PrincipalBindings,
): Naming {
  const { kind, arns, ids } = caller
  switch (type) {
    case 'AWS':
      return namingOfAwsEntry(value, caller, bindings)
    case 'Service':
      return kind === 'service' && arns.includes(value) ? 'exact' : 'none'
    case 'Federated':
      return kind === 'federated' && arns.includes(value) ? 'exact' : 'none'
    case 'CanonicalUser':
      return ids.includes(value) ? 'entity' : 'none'
    default:
      return type satisfies never
  }
}

/** Everybody, an account, a unique id, or an ARN. */
function namingOfAwsEntry(
  value: string,
  caller: PrincipalFacts,
  bindings: PrincipalBindings,
): Naming {
  if (isEverybody({ type: 'AWS', value }, caller)) return 'exact'
  if (!isOfAccount(caller)) return 'none'
  const delegate = accountOf(value)
  if (delegate !== undefined) return delegate === caller.account ? 'account' : 'none'
  if (isUniqueId(value)) return caller.ids.includes(value) ? 'entity' : 'none'
  return namingOfArn(value, caller, bindings)
}

/** An ARN that was bound when the policy was saved names whoever has that id, and nobody else. */
function namingOfArn(
  value: string,
  { arns, ids }: PrincipalFacts,
  bindings: PrincipalBindings,
): Naming {
  const boundTo = Object.hasOwn(bindings, value) ? bindings[value] : undefined
  if (boundTo !== undefined) return ids.includes(boundTo) ? 'entity' : 'none'
  if (!arns.includes(value)) return 'none'
  return value.split(':')[2] === 'sts' ? 'exact' : 'entity'
}

/** `{"AWS": "*"}` is everybody, anonymous callers too, but no user of an identity provider. */
function isEverybody({ type, value }: PrincipalEntry, { kind }: PrincipalFacts): boolean {
  return type === 'AWS' && value === '*' && kind !== 'federated'
}

/** Root, users, roles and federated users belong to an account; services and strangers do not. */
function isOfAccount({ kind }: PrincipalFacts): boolean {
  return kind === 'root' || kind === 'user' || kind === 'role' || kind === 'federatedUser'
}

/** `123456789012` and `arn:aws:iam::123456789012:root` are the same. */
function accountOf(value: string): string | undefined {
  const [, , service, , account, resource] = value.split(':')
  const isRootArn = service === 'iam' && resource === 'root'
  const candidate = isRootArn ? account : value
  return candidate !== undefined && /^\d{12}$/.test(candidate) ? candidate : undefined
}

/** AIDA…, AROA… */
function isUniqueId(value: string): boolean {
  return /^A[A-Z]{3}[A-Z0-9]+$/.test(value)
}
