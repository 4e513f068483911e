// The people whom a trust policy names, as callers: its users, and somebody of each account.
import type { Policy, PrincipalEntry, PrincipalFacts, Statement } from '@twinlock/policy'

export type Person = PrincipalFacts

export function trustedPeople({ statements }: Policy): readonly Person[] {
  return statements.flatMap(peopleOf)
}

/** An account of which nobody knows anything. */
const STRANGERS = '000000000000'

function peopleOf({ Effect, principal }: Statement): readonly Person[] {
  if (Effect === 'Deny' || principal === undefined) return []
  if (principal.principals === '*') return [somebodyOf(STRANGERS)]
  return principal.principals.filter(isOfPeople).map(personOf)
}

/** A role's sessions have no MFA. Its unique ID begins with AROA. */
const isOfPeople = ({ type, value }: PrincipalEntry) =>
  type === 'AWS' && !/^AROA|:role\/|:assumed-role\//.test(value)

function personOf({ value }: PrincipalEntry): Person {
  const account = /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(value)?.[1] ?? STRANGERS
  const isUser = value.includes(':user/') || value.includes(':federated-user/')
  if (isUser) return { ...somebodyOf(account), arns: [value] }
  const isId = value.startsWith('AIDA')
  return isId ? { ...somebodyOf(account), ids: [value] } : somebodyOf(account)
}

const somebodyOf = (account: string): Person => ({
  kind: 'user',
  account,
  arns: [`arn:aws:iam::${account}:user/somebody`],
  ids: [],
  isRoot: false,
})
