// MFA001 to MFA020: what a statement with conditions on MFA does in the four states, against what a
// protecting statement does. A Deny protects when it stops whoever has no MFA, an Allow when it
// needs MFA.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
import type { FindingCode } from './codes.ts'
import { deniedStates } from './covers.ts'
import type { LintedCondition, LintedDocument, LintedStatement, Span } from './document.ts'
import { isEnrolment } from './mfa-actions.ts'
import { correctionOf } from './mfa-correction.ts'
import { mfaConditions, type MfaEffect, mfaEffectOf, tellStates } from './mfa-effect.ts'
import { eachStatement, type Observation } from './rule.ts'

export const mfaTruth = eachStatement((linted, document) => {
  const effect = mfaEffectOf(document, linted)
  const fault = effect && faultOf(document, linted, effect)
  if (effect === undefined || fault === undefined) return []
  const { Effect } = linted.statement
  const isClosed = Effect === 'Allow' && closedByDeny(document, linted, effect)
  const fix = correctionOf(document, linted)
  return [
    {
      code: fault.code,
      at: spanOf(mfaConditions(linted)),
      why: `${tellStates(effect, Effect)} ${fault.why}${isClosed ? CLOSED : ''}`,
      applies: effect,
      ...(isClosed && { severity: 'warning' }),
      ...(fix && { fix }),
    } satisfies Observation,
  ]
})

type Fault = { readonly code: FindingCode; readonly why: string }

function faultOf(
  document: LintedDocument,
  linted: LintedStatement,
  effect: MfaEffect,
): Fault | undefined {
  return linted.statement.Effect === 'Deny'
    ? faultOfDeny(document, linted, effect)
    : faultOfAllow(linted, effect)
}

/** Two Denies that catch one half each are as good as one that catches both. */
function faultOfDeny(
  document: LintedDocument,
  linted: LintedStatement,
  effect: MfaEffect,
): Fault | undefined {
  const { longTermKey, noMfaSession, freshMfa, staleMfa } = effect
  if (!longTermKey && !noMfaSession && !freshMfa && !staleMfa) return NEVER_DENIES
  if (freshMfa) {
    return longTermKey && noMfaSession && staleMfa ? DENIES_EVERYBODY : DENIES_WHO_HAS_MFA
  }
  const denied = deniedStates(document, linted)
  if (!denied.longTermKey && !denied.noMfaSession) return MISSES_ALL
  if (!denied.longTermKey) return MISSES_KEYS
  return denied.noMfaSession ? undefined : MISSES_SESSIONS
}

function faultOfAllow({ statement }: LintedStatement, effect: MfaEffect): Fault | undefined {
  const { longTermKey, noMfaSession, freshMfa, staleMfa } = effect
  if (freshMfa) {
    if (longTermKey && noMfaSession) return ALLOWS_ALL
    if (longTermKey) return ALLOWS_KEYS
    return noMfaSession ? ALLOWS_SESSIONS : undefined
  }
  if (longTermKey || noMfaSession) {
    const { element, patterns } = statement.action
    return element === 'Action' && patterns.every(isEnrolment) ? undefined : ALLOWS_WITHOUT_MFA
  }
  return staleMfa ? ALLOWS_OLD_MFA : NEVER_ALLOWS
}

const MISSES_KEYS: Fault = {
  code: 'MFA001',
  why: 'Requests signed with a long-term access key carry no MFA keys at all, so this operator has nothing to compare and the Deny does not apply. With IfExists an absent key counts as a match.',
}
const MISSES_SESSIONS: Fault = {
  code: 'MFA002',
  why: 'In every session aws:MultiFactorAuthPresent is there, "false" where no MFA was given: asking whether it is absent catches access keys only. BoolIfExists catches both.',
}
const MISSES_ALL: Fault = {
  code: 'MFA003',
  why: 'Without MFA there is no aws:MultiFactorAuthAge to compare, so whoever never gave a code is not stopped, and no other Deny of this document stops them. With IfExists an absent age counts as a match.',
}
const DENIES_WHO_HAS_MFA: Fault = {
  code: 'MFA004',
  why: 'A Deny states who is stopped: here those who did what was asked of them.',
}
const DENIES_EVERYBODY: Fault = {
  code: 'MFA005',
  why: 'The condition holds in every state, so it is a lock-out for all that the statement is about.',
}
const NEVER_DENIES: Fault = {
  code: 'MFA020',
  why: 'The conditions of a statement must hold together, and these never do: the Deny is as good as not there.',
}
const ALLOWS_KEYS: Fault = {
  code: 'MFA010',
  why: 'Requests signed with a long-term access key carry no MFA keys, and IfExists (like ForAllValues) counts an absent key as a match: whoever has the key passes. The visual editor of the AWS console writes this for "MFA required".',
}
const ALLOWS_SESSIONS: Fault = {
  code: 'MFA011',
  why: 'In every session aws:MultiFactorAuthPresent is there, "false" where no MFA was given. That it is there proves nothing; that it is true does.',
}
const ALLOWS_ALL: Fault = {
  code: 'MFA012',
  why: 'An absent key counts as a match here, so MFA is only looked at where there was one.',
}
const ALLOWS_WITHOUT_MFA: Fault = {
  code: 'MFA013',
  why: 'An Allow states who passes: here those who did not prove a second factor. The pattern that exempts enrolment by NotAction is a Deny.',
}
const ALLOWS_OLD_MFA: Fault = {
  code: 'MFA014',
  why: 'The age grows from the moment of the MFA: a limit on it is a "less than".',
}
const NEVER_ALLOWS: Fault = {
  code: 'MFA020',
  why: 'The conditions of a statement must hold together, and these never do: the Allow gives nothing to anybody.',
}

/** Whether the document's own Denies stop everybody whom a hole of this Allow lets in. */
function closedByDeny(
  document: LintedDocument,
  linted: LintedStatement,
  { longTermKey, noMfaSession }: MfaEffect,
): boolean {
  if (!longTermKey && !noMfaSession) return false
  const denied = deniedStates(document, linted)
  return (!longTermKey || denied.longTermKey) && (!noMfaSession || denied.noMfaSession)
}

const CLOSED = ' A Deny of this document still stops them.'

/** From the operator of the first condition to the value of the last. */
function spanOf(conditions: readonly LintedCondition[]): Span {
  const starts = conditions.map(({ operatorName }) => operatorName.start)
  const ends = conditions.map(({ json }) => json.end)
  return { start: Math.min(...starts.slice(0, MANY)), end: Math.max(...ends.slice(0, MANY)) }
}

/** More conditions on MFA than anybody writes. */
const MANY = 100
