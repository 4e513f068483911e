// How states and decisions are called, alike in tables, trees and notes.
import type { Effect, ExaminedCondition, MatchedStatement, MfaState } from '@twinlock/policy'
import type { Caller } from './caller.ts'
import type { Paint } from '../../../terminal/paint.ts'
import { printable } from '../../../terminal/printable.ts'
import type { Decision } from './simulation.ts'

/** SimulatePrincipalPolicy's words, spelled for people. */
export const DECISIONS: Readonly<Record<Decision, string>> = {
  allowed: 'allowed',
  explicitDeny: 'explicit deny',
  implicitDeny: 'implicit deny',
}

export function paintDecision(paint: Paint, decision: Decision, text = DECISIONS[decision]) {
  return paint(decision === 'allowed' ? 'green' : 'red', text)
}

type Way = { readonly short: string; readonly long: string }

/**
 * The two ways of having no MFA: without aws:MultiFactorAuthPresent, and with it as false. Only users have long-term keys; what comes
 * without the keys for others are sessions of identity providers and of some services.
 */
export function withoutMfa({ facts }: Caller): Readonly<Record<'absent' | 'false', Way>> {
  return hasLongTermKeys(facts)
    ? {
        absent: { short: 'key', long: 'a long-term key' },
        false: { short: 'session', long: 'a session without MFA' },
      }
    : {
        absent: { short: 'no keys', long: 'a session without the MFA keys' },
        false: { short: 'false', long: 'a session whose aws:MultiFactorAuthPresent is false' },
      }
}

function hasLongTermKeys({ kind }: Caller['facts']) {
  return kind === 'user' || kind === 'root'
}

/** A state as the tree and the expectations call it. */
export function stateName(state: MfaState, caller: Caller): string {
  switch (state) {
    case 'longTermKey':
      return `no MFA, ${withoutMfa(caller).absent.long.replace(/^a /, '')}`
    case 'noMfaSession':
      return 'no MFA, session'
    case 'freshMfa':
      return 'fresh MFA'
    case 'staleMfa':
      return 'stale MFA'
    default:
      return state satisfies never
  }
}

/** The two keys that the columns are about: their absence is no oversight. */
export function isMfaKey(key: string) {
  return /^aws:MultiFactorAuth(Present|Age)$/i.test(key)
}

/** A condition nearly as it is written. */
export function conditionText({ operator, key, values }: ExaminedCondition) {
  return printable(`${operator} ${key} ${values.map(value => JSON.stringify(value)).join(', ')}`)
}

/** What a request has for a key. */
export function actualText(actual: ExaminedCondition['actual']) {
  return actual === undefined ? 'absent' : printable(JSON.stringify(actual))
}

/** A statement by its effect and, where it has one, its name. */
export function statementName(effect: Effect, { Sid }: MatchedStatement) {
  return Sid === undefined ? effect : printable(`${effect} ${Sid}`)
}
