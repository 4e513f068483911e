// TRUST001 to TRUST005: who gets into a role, and with which proof.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user.html
import type { PrincipalEntry } from '../policy.ts'
import { compilePattern } from '../wildcard.ts'
import { deniedStates } from './covers.ts'
import type { LintedDocument, LintedStatement, Span } from './document.ts'
import { nameOf } from './document.ts'
import { replaceString, rewriteConditions } from './edits.ts'
import { AGE, isAge, listed, mfaConditions, mfaEffectOf, PRESENT } from './mfa-effect.ts'
import { eachStatement, type Observation } from './rule.ts'

/** TRUST001: `{"AWS": "*"}` and no condition that says who. */
export const openToEveryAccount = eachTrust((linted, document, principals) => {
  if (!principals.some(({ value }) => value === '*') || saysWho(linted)) return []
  const { account } = document
  const everybody = valueOf(linted, '*')
  return [
    {
      code: 'TRUST001',
      at: everybody ?? principalSpan(linted, document),
      why: '"*" means every principal of every AWS account, and the accounts of strangers allow their own users sts:AssumeRole. No condition of this statement says whose accounts are meant.',
      ...(account !== undefined &&
        everybody !== undefined && {
          fix: () => [replaceString(everybody, `arn:aws:iam::${account}:root`)],
        }),
    },
  ]
})

/** TRUST002: people are named, or an account of people, and nothing asks for MFA. */
export const assumedWithoutMfa = eachTrust((linted, document, principals) => {
  const people = principals.filter(isPeople).filter(entry => !isKnown(entry, document))
  if (people.length === 0 || mfaConditions(linted).length > 0) return []
  if (hasKey(linted, 'sts:externalid') || isForRolesOnly(linted)) return []
  const denied = deniedStates(document, linted)
  if (denied.longTermKey && denied.noMfaSession) return []
  const named = listed(people.slice(0, 3).map(told))
  return [
    {
      code: 'TRUST002',
      at: principalSpan(linted, document),
      why: `An access key alone is enough for ${named}: whoever steals one gets into the role. Sessions of a role are past every MFA policy of its users, so the trust policy is the place to ask.`,
      ...(principals.every(isPeople) && {
        fix: () =>
          rewriteConditions(
            document.text,
            linted,
            [],
            [{ operator: 'Bool', key: PRESENT, values: ['true'] }],
          ),
      }),
    },
  ]
})

/** TRUST003: services, identity providers and roles have no MFA to show. */
export const mfaOfWhoHasNone = eachTrust((linted, document, principals) => {
  const effect = mfaEffectOf(document, linted)
  if (effect === undefined || !effect.freshMfa) return []
  const without = principals.filter(({ type, value }) =>
    type === 'AWS' ? isRole(value) && !effect.noMfaSession : !effect.longTermKey,
  )
  if (without.length === 0) return []
  return [
    {
      code: 'TRUST003',
      at: principalSpan(linted, document),
      applies: effect,
      why: `The condition can never be met by ${listed(without.slice(0, 3).map(told))}: requests of services and of identity providers' users carry no MFA keys, and in a role session aws:MultiFactorAuthPresent is "false". Give them a statement of their own, without it.`,
      ...(principals.every(({ type }) => type === 'Service') && {
        fix: () => rewriteConditions(document.text, linted, mfaConditions(linted), []),
      }),
    },
  ]
})

/** TRUST004: what the other side calls MFA. */
export const mfaOfAnotherAccount = eachTrust((linted, document, principals) => {
  const { account } = document
  if (account === undefined || mfaEffectOf(document, linted)?.freshMfa !== true) return []
  const others = principals.filter(entry => {
    const of = accountOf(entry)
    return of !== undefined && of !== account
  })
  if (others.length === 0) return []
  return [
    {
      code: 'TRUST004',
      at: principalSpan(linted, document),
      why: `For ${listed(others.slice(0, 3).map(told))} the MFA is that of their account. Its administrators can enrol devices for their users as they like, so the condition is worth what they are.`,
    },
  ]
})

/** TRUST005: MFA is asked for, and may be as old as a session gets. */
export const noMaximumAge = eachTrust((linted, document) => {
  const effect = mfaEffectOf(document, linted)
  if (effect === undefined || !effect.freshMfa || effect.longTermKey || effect.noMfaSession) {
    return []
  }
  if (linted.conditions.some(({ key }) => isAge(key))) return []
  const [first] = mfaConditions(linted)
  return [
    {
      code: 'TRUST005',
      at: first?.keyName ?? linted.json,
      applies: effect,
      why: 'A session of GetSessionToken lasts up to 36 hours, and its MFA is good for all of them: a code of yesterday assumes this role today.',
      fix: () =>
        rewriteConditions(
          document.text,
          linted,
          [],
          [{ operator: 'NumericLessThan', key: AGE, values: ['3600'] }],
        ),
    },
  ]
})

type Look = (
  linted: LintedStatement,
  document: LintedDocument,
  principals: readonly PrincipalEntry[],
) => readonly Observation[]

/** Looks at every Allow of assuming the role. */
function eachTrust(look: Look) {
  return eachStatement((linted, document) => {
    const { Effect, principal, action } = linted.statement
    if (document.kind !== 'trust' || Effect === 'Deny' || principal === undefined) return []
    if (!action.patterns.some(assumes) || principal.principals === '*') return []
    return look(linted, document, principal.principals)
  })
}

function assumes(pattern: string): boolean {
  const matches = compilePattern(pattern.toLowerCase())
  return WAYS_IN.some(matches)
}

const WAYS_IN = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity']

/** Users and accounts; `*` is everybody. A unique id of a user begins with AIDA. */
function isPeople({ type, value }: PrincipalEntry): boolean {
  return type === 'AWS' && !isRole(value)
}

/** ACC003 says which of the account's own users get in. */
function isKnown(entry: PrincipalEntry, { account, usersAreKnown = false }: LintedDocument) {
  return usersAreKnown && accountOf(entry) === account
}

function isRole(value: string): boolean {
  return /^AROA|:role\/|:assumed-role\//.test(value)
}

function told({ type, value }: PrincipalEntry): string {
  if (value === '*') return 'every principal of every account'
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1]
  if (account !== undefined) return `whoever has sts:AssumeRole in the account ${account}`
  return type === 'AWS' ? value : `the ${type === 'Service' ? 'service' : 'provider'} ${value}`
}

function accountOf({ type, value }: PrincipalEntry): string | undefined {
  return type === 'AWS' ? /^(?:arn:aws:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(value)?.[1] : undefined
}

/** Conditions that tell whose principals are meant. */
function saysWho({ conditions }: LintedStatement): boolean {
  return conditions.some(
    ({ key }) => WHO.has(key.toLowerCase()) || key.toLowerCase().startsWith('aws:principaltag/'),
  )
}

const WHO = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:username',
  'sts:externalid',
])

/** A condition on the ARN under which only roles remain. */
function isForRolesOnly({ conditions }: LintedStatement): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      key.toLowerCase() === 'aws:principalarn' &&
      /^(?:Arn|String)(?:Like|Equals)$/.test(operator) &&
      values.length > 0 &&
      values.every(isRole),
  )
}

function hasKey({ conditions }: LintedStatement, wanted: string): boolean {
  return conditions.some(({ key }) => key.toLowerCase() === wanted)
}

function principalSpan({ json }: LintedStatement, { text }: LintedDocument): Span {
  const principal = json.members.get('Principal')
  return principal ? { start: nameOf(text, principal).start, end: principal.end } : json
}

function valueOf({ json }: LintedStatement, wanted: string): Span | undefined {
  const principal = json.members.get('Principal')
  if (principal?.kind !== 'object') return undefined
  const aws = principal.members.get('AWS')
  const values = aws?.kind === 'array' ? aws.elements : [aws]
  return values.find(value => value?.kind === 'string' && value.text === wanted)
}
