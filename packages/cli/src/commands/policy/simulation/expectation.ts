// `--expect no=deny,fresh=allow,stale=deny`: what makes of a simulation a test.
import type { MfaState } from '@twinlock/policy'
import { UsageError } from '../../../command-errors.ts'
import { type Answer, type Decision, decisionIn } from './simulation.ts'

/** The columns by their short names. `no` is both ways of having no MFA. */
const COLUMNS: Readonly<Record<string, readonly MfaState[]>> = {
  no: ['longTermKey', 'noMfaSession'],
  key: ['longTermKey'],
  session: ['noMfaSession'],
  fresh: ['freshMfa'],
  stale: ['staleMfa'],
}

const OUTCOMES = ['allow', 'deny'] as const

type Outcome = (typeof OUTCOMES)[number]

export type Expectation = {
  readonly column: string
  readonly states: readonly MfaState[]
  readonly outcome: Outcome
}

/** @throws UsageError when it can't be read */
export function parseExpectations(text: string): readonly Expectation[] {
  return text.split(',').map(part => {
    const [column = '', wanted = '', ...more] = part.trim().split('=')
    const states = Object.hasOwn(COLUMNS, column) ? COLUMNS[column] : undefined
    const outcome = OUTCOMES.find(one => one === wanted)
    if (states === undefined || outcome === undefined || more.length > 0) {
      throw new UsageError(
        `\`${part}\` is no expectation: write ${Object.keys(COLUMNS).join(', ')}, then =allow or =deny.`,
      )
    }
    return { column, states, outcome }
  })
}

/** A sentence for each answer that is another than the one expected. */
export function disappointments(
  answers: readonly Answer[],
  expectations: readonly Expectation[],
): readonly string[] {
  return answers.flatMap(answer =>
    expectations.flatMap(({ states, outcome }) =>
      states
        .filter(state => outcomeOf(decisionIn(answer, state)) !== outcome)
        .map(
          state =>
            `${answer.action} on ${answer.resource} with ${IN_WORDS[state]}: expected ${outcome}, got ${outcomeOf(decisionIn(answer, state))}.`,
        ),
    ),
  )
}

const IN_WORDS: Readonly<Record<MfaState, string>> = {
  longTermKey: 'a long-term key',
  noMfaSession: 'a session without MFA',
  freshMfa: 'fresh MFA',
  staleMfa: 'stale MFA',
}

function outcomeOf(decision: Decision): Outcome {
  return decision === 'allowed' ? 'allow' : 'deny'
}
