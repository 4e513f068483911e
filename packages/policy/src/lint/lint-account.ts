// The doctor's round: every policy of an account, with what is known of those who have it.
import { parsePolicy } from '../parse.ts'
import { PolicyError } from '../policy-error.ts'
import { positionsIn } from '../position.ts'
import type {
  AccountDocument,
  AccountRole,
  AccountUser,
  LintedAccount,
  ReadDocument,
} from './account.ts'
import {
  type AccountObservation,
  nothingLetsThemEnrol,
  ownArnNotMatched,
  roleWithinReach,
} from './account-rules.ts'
import { type Caller, callersOf } from './account-users.ts'
import { type LintOptions, locate } from './document.ts'
import type { Finding } from './finding.ts'
import { lintPolicy, toFinding } from './lint-policy.ts'

/** What is to be said of one of the account's documents. */
export type DocumentFindings = {
  readonly document: AccountDocument
  /** ARNs of the users and roles who have the policy; of a trust policy, its role. */
  readonly principals: readonly string[]
  readonly findings: readonly AccountFinding[]
}

/** `users`: ARNs of those of whom it is true, where that is not everybody who has the policy. */
export type AccountFinding = {
  readonly finding: Finding
  readonly users?: readonly string[]
}

/** Documents with findings, policies of users and roles first; AWS's own policies are AWS's. */
export function lintAccount(account: LintedAccount): readonly DocumentFindings[] {
  const holders = holdersOf(account)
  const read = readerOf(account, holders)
  const callers = callersOf(account, read)
  const callersByUser = new Map(callers.map(caller => [caller.user.arn, caller]))
  return [...holders.values()]
    .filter(({ document }) => !isOfAws(document))
    .flatMap(holder => {
      const { document, users, roles, role } = holder
      if (document.text === undefined) return []
      const known = read(document)
      const havers = users.flatMap(({ arn }) => callersByUser.get(arn) ?? [])
      const observations = known ? observe(known, holder, havers, callers) : []
      const findings = [
        ...lintPolicy(document.text, optionsOf(account, holder)).map(finding => ({ finding })),
        ...observations.map(observation => toAccountFinding(document.text ?? '', observation)),
      ]
      if (findings.length === 0) return []
      const principals = [...users, ...roles, ...(role ? [role] : [])].map(({ arn }) => arn)
      return [{ document, principals, findings }]
    })
}

function observe(
  known: ReadDocument,
  { role }: Holder,
  havers: readonly Caller[],
  callers: readonly Caller[],
): readonly AccountObservation[] {
  if (role !== undefined) return roleWithinReach(known, role, callers)
  return [...nothingLetsThemEnrol(known, havers), ...ownArnNotMatched(known, havers)]
}

function toAccountFinding(text: string, observation: AccountObservation): AccountFinding {
  return {
    finding: toFinding(text, observation, positionsIn(text)),
    users: observation.users.map(({ arn }) => arn),
  }
}

/** A document and everybody who has it. */
type Holder = {
  readonly document: AccountDocument
  readonly users: AccountUser[]
  readonly roles: AccountRole[]
  /** Whose trust policy it is. */
  readonly role?: AccountRole
}

function holdersOf({ users, roles, managedPolicies = [] }: LintedAccount) {
  const holders = new Map<AccountDocument, Holder>()
  const holderOf = (document: AccountDocument) => {
    const known = holders.get(document) ?? { document, users: [], roles: [] }
    holders.set(document, known)
    return known
  }
  for (const user of users) {
    for (const document of documentsOf(user)) holderOf(document).users.push(user)
  }
  for (const role of roles) {
    for (const document of documentsOf(role)) holderOf(document).roles.push(role)
  }
  for (const document of managedPolicies) holderOf(document)
  for (const role of roles) {
    holders.set(role.trust, { document: role.trust, users: [], roles: [], role })
  }
  return holders
}

function documentsOf({
  policies,
  boundary,
}: Pick<AccountUser, 'policies' | 'boundary'>): readonly AccountDocument[] {
  return boundary === undefined ? policies : [...policies, boundary]
}

/** Parses every document once. */
function readerOf(account: LintedAccount, holders: ReadonlyMap<AccountDocument, Holder>) {
  const known = new Map<AccountDocument, ReadDocument | undefined>()
  return (document: AccountDocument): ReadDocument | undefined => {
    if (known.has(document)) return known.get(document)
    const holder = holders.get(document)
    const found = holder && readDocument(document, optionsOf(account, holder))
    known.set(document, found)
    return found
  }
}

function readDocument(document: AccountDocument, options: LintOptions): ReadDocument | undefined {
  if (document.text === undefined) return undefined
  try {
    const policy = parsePolicy(document.text, document.kind)
    return { ...document, policy, document: locate(document.text, policy, options) }
  } catch (error) {
    if (error instanceof PolicyError) return undefined
    throw error
  }
}

function optionsOf(
  { id, catalogue }: LintedAccount,
  { document: { kind }, users, roles }: Holder,
): LintOptions {
  const attachedTo = [
    ...(users.length > 0 ? (['user'] as const) : []),
    ...(roles.length > 0 ? (['role'] as const) : []),
  ]
  return {
    kind,
    account: id,
    usersAreKnown: true,
    ...(attachedTo.length > 0 && { attachedTo }),
    ...(catalogue && { catalogue }),
  }
}

function isOfAws({ source }: AccountDocument): boolean {
  return source.arn?.startsWith('arn:aws:iam::aws:') === true
}
