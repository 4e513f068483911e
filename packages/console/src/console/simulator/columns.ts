// The three columns of an answer: without MFA (with a long-term key, and in a session), with fresh MFA, with stale MFA.
import type { Evaluation, MfaState } from '@twinlock/policy'
import type { Answer } from './simulation.ts'

export type Decision = Evaluation['EvalDecision']

export const STATES: Readonly<Record<MfaState, string>> = {
  longTermKey: 'Long-term key',
  noMfaSession: 'Session without MFA',
  freshMfa: 'Fresh MFA',
  staleMfa: 'Stale MFA',
}

export const DECISIONS = {
  allowed: { type: 'success', text: 'Allowed' },
  explicitDeny: { type: 'error', text: 'Explicitly denied' },
  implicitDeny: { type: 'stopped', text: 'Implicitly denied' },
} as const satisfies Record<Decision, { readonly type: string; readonly text: string }>

export const decisionIn = ({ evaluations }: Answer, state: MfaState): Decision =>
  evaluations[state].EvalDecision

/**
 * Whether an access key passes where a session without MFA does not: the hole that a condition leaves which does not hold for an
 * absent key.
 */
export function hasGap(answer: Answer): boolean {
  return isAllowed(answer, 'longTermKey') !== isAllowed(answer, 'noMfaSession')
}

export function isAllowed(answer: Answer, state: MfaState): boolean {
  return decisionIn(answer, state) === 'allowed'
}

/** The states that a cell tells apart. */
export function statesWithoutMfa(answer: Answer): readonly MfaState[] {
  const isSame = decisionIn(answer, 'longTermKey') === decisionIn(answer, 'noMfaSession')
  return isSame ? ['longTermKey'] : ['longTermKey', 'noMfaSession']
}
