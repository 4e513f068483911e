// The accounts among the linter's vectors, as values.
import { readFileSync } from 'node:fs'
import {
  type AccountDocument,
  type AccountRole,
  type AccountUser,
  type AccountWideFinding,
  type FindingCode,
  type LintedAccount,
  lintRoot,
  lintUsers,
  type RootSummary,
} from '../src/index.ts'
import { SMALL_CATALOGUE } from './lint-catalogue.ts'

type Entity = {
  readonly name: string
  readonly path: string
  readonly policies: readonly string[]
  readonly boundary?: string
}

type AccountCase = {
  readonly title: string
  readonly code?: FindingCode
  readonly nearMissOf?: FindingCode
  readonly users: readonly Entity[]
  readonly roles?: readonly (Entity & { readonly trust: string })[]
  /** Findings of severity error and warning; `users` of those that are not true of everybody. */
  readonly findings: readonly {
    readonly policy: string
    readonly code: FindingCode
    readonly users?: readonly string[]
  }[]
  /** The policy of the first finding, corrected. */
  readonly fixed?: unknown
  readonly root?: RootSummary
  /** Findings of the account, and of none of its documents. */
  readonly account?: readonly { readonly code: FindingCode; readonly users: readonly string[] }[]
}

type AccountVectors = {
  readonly policies: Readonly<Record<string, unknown>>
  readonly cases: readonly AccountCase[]
}

const ACCOUNT = '123456789012'

const { policies, cases } = JSON.parse(
  readFileSync(new URL('../../../vectors/policy/lint/accounts.json', import.meta.url), 'utf8'),
) as AccountVectors

export function lintAccountVectors(): readonly AccountCase[] {
  return cases
}

/** The account of a case; a policy that several have is one value in all of them. */
export function accountOf({ users, roles = [] }: AccountCase): LintedAccount {
  const documents = new Map<string, AccountDocument>()
  const document = (name: string, kind: AccountDocument['kind']): AccountDocument => {
    const known = documents.get(`${kind} ${name}`)
    if (known !== undefined) return known
    const text = JSON.stringify(policies[name])
    const source = { type: kind === 'trust' ? 'trust' : 'managed', name } as const
    const made: AccountDocument = { source, kind, text }
    documents.set(`${kind} ${name}`, made)
    return made
  }
  const identity = (type: 'user' | 'role', { name, path, ...entity }: Entity): AccountUser => ({
    name,
    path,
    arn: `arn:aws:iam::${ACCOUNT}:${type}${path}${name}`,
    id: `${type === 'user' ? 'AIDA' : 'AROA'}${name.toUpperCase()}`,
    policies: entity.policies.map(policy => document(policy, 'identity')),
    boundary: entity.boundary === undefined ? undefined : document(entity.boundary, 'boundary'),
  })
  return {
    id: ACCOUNT,
    users: users.map(user => identity('user', user)),
    roles: roles.map((role): AccountRole => ({
      ...identity('role', role),
      trust: document(role.trust, 'trust'),
    })),
  }
}

/** What is said of the account of a case, and of none of its documents. */
export function accountWideFindings(one: AccountCase): readonly AccountWideFinding[] {
  const { findings: ofUsers } = lintUsers({ ...accountOf(one), catalogue: SMALL_CATALOGUE })
  return [...ofUsers, ...(one.root === undefined ? [] : lintRoot(one.root, ACCOUNT))]
}
