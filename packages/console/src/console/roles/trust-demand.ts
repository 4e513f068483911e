// What a trust policy demands of the people who assume the role, decided by the engine: whoever is named asks to be let in, without MFA
// and with MFA of several ages. The weakest way in counts.
import type { Condition, Finding, Policy, PolicySet, Statement } from '@twinlock/policy'
import {
  compilePolicy,
  evaluateTrust,
  lintPolicy,
  parsePolicy,
  PolicyError,
  policySet,
  withMfa,
} from '@twinlock/policy'
import { TRUST_POLICY } from '../policy-editor/policy-options.ts'
import type { Person } from './trusted-people.ts'
import { trustedPeople } from './trusted-people.ts'

export type TrustDemand =
  | { readonly kind: 'required' }
  | { readonly kind: 'fresh'; readonly seconds: number; readonly isWithin: boolean }
  | { readonly kind: 'notRequired' }
  /** It asks for MFA, and lets somebody in without. */
  | { readonly kind: 'hole'; readonly finding: Finding }
  /** Services, identity providers and roles have no MFA to show. */
  | { readonly kind: 'noPeople' }
  | { readonly kind: 'nobody' }

/** As old as the MFA of a session can be: GetSessionToken gives them 36 hours. */
const OLDEST_SECONDS = 129_600

export function trustDemand(trust: string): TrustDemand {
  const policy = parsed(trust)
  if (policy === undefined) return { kind: 'notRequired' }
  const people = trustedPeople(policy)
  if (people.length === 0) return { kind: 'noPeople' }
  const admits = admission(loosened(policy), people)
  if (admits('longTermKey') || admits('noMfaSession')) return withoutMfa(trust)
  if (admits('staleMfa', OLDEST_SECONDS)) return { kind: 'required' }
  return oldestAdmitted(policy, age => admits('staleMfa', age))
}

/** Undefined: IAM stores no such document. */
function parsed(trust: string): Policy | undefined {
  try {
    return parsePolicy(trust, 'trust')
  } catch (error) {
    if (error instanceof PolicyError) return undefined
    throw error
  }
}

/**
 * The policy for somebody who meets what an Allow asks beside MFA, and whom a Deny with conditions of its own may not be about. It lets in
 * whom the policy lets in, and perhaps more.
 */
function loosened(policy: Policy): Policy {
  const statements = policy.statements.flatMap((statement): readonly Statement[] => {
    const others = statement.conditions.filter(condition => !isAboutMfa(condition))
    if (statement.Effect === 'Deny' && !others.every(exemptsRolesOnly)) return []
    return [{ ...statement, conditions: statement.conditions.filter(isAboutMfa) }]
  })
  return { ...policy, statements }
}

const isAboutMfa = ({ key }: Condition) => /^aws:MultiFactorAuth(?:Present|Age)$/i.test(key)

/** Such a condition holds for all people. */
function exemptsRolesOnly({ operator, key, values }: Condition): boolean {
  return (
    key.toLowerCase() === 'aws:principalarn' &&
    /^(?:Arn|String)Not(?:Like|Equals)$/.test(operator) &&
    values.every(value => /^arn:[^:]*:iam::[^:]*:role\//.test(value))
  )
}

type Admits = (state: Parameters<typeof withMfa>[1], staleSeconds?: number) => boolean

function admission(policy: Policy, people: readonly Person[]): Admits {
  const trust = policySet([compilePolicy(policy, { type: 'trust', name: 'trust policy' })])
  return (state, staleSeconds = 0) =>
    people.some(person => {
      const keys = withMfa(new Map(), state, { staleSeconds })
      const request = { action: 'sts:AssumeRole', resource: ROLE, keys, principal: person }
      const layers = { identity: EVERYTHING, trust }
      return evaluateTrust(request, layers, person.account).EvalDecision === 'allowed'
    })
}

/** Which role it is decides nothing: a trust policy names no resource. */
const ROLE = 'arn:aws:iam::000000000000:role/role'

/** Of those who are asked about, their own policies allow it. */
const EVERYTHING: PolicySet = policySet([
  compilePolicy(
    parsePolicy(
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
      'identity',
    ),
    { type: 'inline', name: 'everything' },
  ),
])

function withoutMfa(trust: string): TrustDemand {
  const finding = lintPolicy(trust, TRUST_POLICY).find(
    ({ code, severity }) => code.startsWith('MFA') && severity === 'error',
  )
  return finding === undefined ? { kind: 'notRequired' } : { kind: 'hole', finding }
}

/** Only at the ages that the policy names can the answer change. */
function oldestAdmitted(policy: Policy, admits: (age: number) => boolean): TrustDemand {
  const ages = policy.statements
    .flatMap(({ conditions }) => conditions.filter(isAboutMfa))
    .flatMap(({ values }) => values.map(Number))
    .filter(age => Number.isInteger(age) && age > 0 && age <= OLDEST_SECONDS)
    .toSorted((a, b) => b - a)
  for (const seconds of ages) {
    if (admits(seconds)) return { kind: 'fresh', seconds, isWithin: true }
    if (admits(seconds - 1)) return { kind: 'fresh', seconds, isWithin: false }
  }
  return { kind: 'nobody' }
}
