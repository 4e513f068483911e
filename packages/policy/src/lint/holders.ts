// The documents of an account, who has each, and what they say, parsed once.
import { parsePolicy } from '../parse.ts'
import { PolicyError } from '../policy-error.ts'
import type {
  AccountDocument,
  AccountRole,
  AccountUser,
  LintedAccount,
  ReadDocument,
} from './account.ts'
import { type LintOptions, locate } from './document.ts'

/** A document and everybody who has it. */
export type Holder = {
  readonly document: AccountDocument
  readonly users: AccountUser[]
  readonly roles: AccountRole[]
  /** Whose trust policy it is. */
  readonly role?: AccountRole
}

export function holdersOf({ users, roles, managedPolicies = [] }: LintedAccount) {
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
export function readerOf(account: LintedAccount, holders: ReadonlyMap<AccountDocument, Holder>) {
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

export function optionsOf(
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
