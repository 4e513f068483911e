// The doctor's round: every policy of an account, with what is known of those who have it.
import { positionsIn } from '../position.ts'
import type { AccountDocument, LintedAccount, ReadDocument } from './account.ts'
import {
  type AccountObservation,
  nothingLetsThemEnrol,
  ownArnNotMatched,
  roleWithinReach,
} from './account-rules.ts'
import { type Caller, callersOf } from './account-users.ts'
import type { Finding } from './finding.ts'
import { type Holder, holdersOf, optionsOf, readerOf } from './holders.ts'
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

function isOfAws({ source }: AccountDocument): boolean {
  return source.arn?.startsWith('arn:aws:iam::aws:') === true
}
