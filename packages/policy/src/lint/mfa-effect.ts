// What a statement's conditions on MFA come to in each state, asked of the engine's own condition
// code: the linter knows no shapes, only which states a condition holds in.
import { compileCondition } from '../condition.ts'
import { NO_KEYS } from '../context-keys.ts'
import { MFA_STATES, type MfaState, withMfa } from '../mfa-states.ts'
import type { Condition, Effect, PolicyVersion } from '../policy.ts'
import type { LintedCondition, LintedDocument, LintedStatement } from './document.ts'

/** In which states the conditions on MFA hold; the statement's other conditions are not asked. */
export type MfaEffect = Readonly<Record<MfaState, boolean>>

export const PRESENT = 'aws:MultiFactorAuthPresent'
export const AGE = 'aws:MultiFactorAuthAge'

/** No session of GetSessionToken lives longer, so no MFA is older. */
export const OLDEST_MFA_SECONDS = 129_600

const MFA_KEYS = new Set([PRESENT.toLowerCase(), AGE.toLowerCase()])

/** Whether the key says something about MFA. */
export function isMfaKey(key: string): boolean {
  return MFA_KEYS.has(key.toLowerCase())
}

export function isAge(key: string): boolean {
  return key.toLowerCase() === AGE.toLowerCase()
}

/** The conditions of a statement that are about MFA. */
export function mfaConditions({ conditions }: LintedStatement): readonly LintedCondition[] {
  return conditions.filter(({ key }) => isMfaKey(key))
}

/** The effect of a statement's conditions on MFA, or undefined when it has none. */
export function mfaEffectOf(
  { version }: LintedDocument,
  linted: LintedStatement,
): MfaEffect | undefined {
  const conditions = mfaConditions(linted)
  return conditions.length === 0
    ? undefined
    : mfaEffect(conditions, version, linted.statement.Effect)
}

/** In which states all of the conditions hold. */
export function mfaEffect(
  conditions: readonly Condition[],
  version: PolicyVersion,
  effect: Effect,
): MfaEffect {
  const compiled = conditions.map(condition => compileCondition(condition, version, effect))
  const holdsIn = (state: MfaState) => {
    const keys = withMfa(NO_KEYS, state, { staleSeconds: OLDEST_MFA_SECONDS })
    return compiled.every(holds => holds(keys))
  }
  return {
    longTermKey: holdsIn('longTermKey'),
    noMfaSession: holdsIn('noMfaSession'),
    freshMfa: holdsIn('freshMfa'),
    staleMfa: holdsIn('staleMfa'),
  }
}

/** Where one of them holds. */
export function union(effects: readonly MfaEffect[]): MfaEffect {
  const some = (state: MfaState) => effects.some(effect => effect[state])
  return {
    longTermKey: some('longTermKey'),
    noMfaSession: some('noMfaSession'),
    freshMfa: some('freshMfa'),
    staleMfa: some('staleMfa'),
  }
}

const CREDENTIALS: Readonly<Record<MfaState, string>> = {
  longTermKey: 'an access key alone',
  noMfaSession: 'a session without MFA',
  freshMfa: 'a session with fresh MFA',
  staleMfa: 'a session whose MFA is 36 hours old',
}

/** The four states in words: `It denies a session without MFA; it does not deny …`. */
export function tellStates(applies: MfaEffect, effect: Effect): string {
  const [verb, verbs] = effect === 'Allow' ? ['allow', 'allows'] : ['deny', 'denies']
  const meets = MFA_STATES.filter(state => applies[state]).map(state => CREDENTIALS[state])
  const misses = MFA_STATES.filter(state => !applies[state]).map(state => CREDENTIALS[state])
  if (misses.length === 0) return `It ${verbs} ${listed(meets)} alike.`
  if (meets.length === 0) return `It ${verbs} nobody: neither ${listed(misses, 'nor')}.`
  return `It ${verbs} ${listed(meets)}; it does not ${verb} ${listed(misses, 'or')}.`
}

/** `a, b and c`. */
export function listed(words: readonly string[], conjunction = 'and'): string {
  const last = words.at(-1)
  if (last === undefined) return ''
  if (words.length === 1) return last
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${last}`
}
