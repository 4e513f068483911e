// Whom a trust policy names, in a few words.
import type { PrincipalEntry, Statement } from '@twinlock/policy'
import { parsePolicy, PolicyError } from '@twinlock/policy'

/** `Account: 123456789012`, `user/alice`, `Service: ec2.amazonaws.com`; each once. */
export function trustedEntities(trust: string): readonly string[] {
  return [...new Set(statementsOf(trust).flatMap(entitiesOf))]
}

/** None of a document that is no trust policy: IAM stores no such. */
function statementsOf(trust: string): readonly Statement[] {
  try {
    return parsePolicy(trust, 'trust').statements
  } catch (error) {
    if (error instanceof PolicyError) return []
    throw error
  }
}

function entitiesOf({ Effect, principal }: Statement): readonly string[] {
  if (Effect === 'Deny' || principal === undefined) return []
  return principal.principals === '*' ? ['Everybody'] : principal.principals.map(inWords)
}

function inWords({ type, value }: PrincipalEntry): string {
  if (value === '*') return 'Everybody'
  if (type !== 'AWS') return `${type}: ${value}`
  const account = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1]
  if (account !== undefined) return `Account: ${account}`
  return value.split(':').slice(5).join(':') || value
}
