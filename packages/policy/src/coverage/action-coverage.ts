// Why an action is reached at times: the statements that decide in some cases and not in others.
import type { CompiledStatement, MatchedStatement } from '../compile.ts'
import type { PolicySet } from '../policy-set.ts'
import type { Effect, ResourceElement } from '../policy.ts'
import { type CoveragePrincipal, keysOf } from './covered-principal.ts'
import { isMfaKey, type KnownKeys } from './known-keys.ts'
import type { MfaNeed, ReachByState } from './reach.ts'

/** One action of one principal. */
export type ActionCoverage = {
  /** As the catalogue writes it. */
  readonly action: string
  readonly need: MfaNeed
  readonly reach: ReachByState
  /** What it hangs on where the reach is `depends`; none where no state is. */
  readonly dependsOn: readonly Dependence[]
}

/** A statement about the action that does not speak for every request. */
export type Dependence = {
  readonly statement: MatchedStatement
  readonly effect: Effect
  /** Keys of its conditions that are not known beforehand, as they are written. */
  readonly conditionKeys: readonly string[]
  /** Its resource element, where that is not `*`. */
  readonly resource?: ResourceElement
}

/** The statements of the principal's layers on which the action may hang. */
export function dependences(action: string, covered: CoveragePrincipal): readonly Dependence[] {
  const { identity, boundary, session, task, scps = [] } = covered.layers
  const levels = covered.principal.isServiceLinked === true ? [] : scps
  const sets = [identity, boundary, session, task, ...levels]
  const known = keysOf(covered)
  return sets.flatMap(set => statementsAbout(action, set)).flatMap(one => dependence(one, known))
}

function statementsAbout(action: string, set: PolicySet | undefined): readonly CompiledStatement[] {
  const { Allow = [], Deny = [] } = set?.statementsFor(action) ?? {}
  return [...Allow, ...Deny]
}

function dependence({ matched, statement }: CompiledStatement, known: KnownKeys): Dependence[] {
  const { Effect, conditions, resource } = statement
  const isUnknown = (key: string) => !known.has(key.toLowerCase()) && !isMfaKey(key.toLowerCase())
  const conditionKeys = [...new Set(conditions.map(({ key }) => key).filter(isUnknown))]
  const everywhere = resource?.element !== 'NotResource' && resource?.patterns.includes('*')
  if (conditionKeys.length === 0 && everywhere === true) return []
  return [
    {
      statement: matched,
      effect: Effect,
      conditionKeys,
      ...(everywhere !== true && resource !== undefined && { resource }),
    },
  ]
}
