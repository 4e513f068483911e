// Why a long-term key and a session without MFA get different answers: the classic hole of MFA policies. A key does not have
// aws:MultiFactorAuthPresent at all, and Bool does not hold for a key that is absent.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
import type { ExaminedCondition, ExaminedStatement, Explanation } from '@twinlock/policy'
import { type Answer, type Decision, decisionIn } from './simulation.ts'

/** A statement that applies to one of the two and not to the other. */
export type Parting = {
  readonly statement: ExaminedStatement['statement']
  readonly effect: ExaminedStatement['effect']
  /** What makes it so: the conditions that hold for one of the two, as each of them met it. */
  readonly conditions: readonly {
    readonly key: ExaminedCondition
    readonly session: ExaminedCondition
  }[]
}

/** Requests that part in the same way. */
export type Gap = {
  readonly key: Decision
  readonly session: Decision
  readonly partings: readonly Parting[]
  readonly answers: readonly Answer[]
}

/** The gaps of a simulation, each told once. */
export function gapsOf(answers: readonly Answer[]): readonly Gap[] {
  const gaps = new Map<string, Gap & { readonly answers: Answer[] }>()
  for (const answer of answers) {
    const key = decisionIn(answer, 'longTermKey')
    const session = decisionIn(answer, 'noMfaSession')
    // Two ways of being denied let nobody in.
    if ((key === 'allowed') === (session === 'allowed')) continue
    const { longTermKey, noMfaSession } = answer.explanations
    const partings = partingsOf(longTermKey, noMfaSession)
    const kind = JSON.stringify([key, session, partings])
    const known = gaps.get(kind)
    if (known === undefined) gaps.set(kind, { key, session, partings, answers: [answer] })
    else known.answers.push(answer)
  }
  return [...gaps.values()]
}

function partingsOf(ofKey: Explanation, ofSession: Explanation): readonly Parting[] {
  const examined = statementsOf(ofSession)
  return [...statementsOf(ofKey)].flatMap(([place, one]) => {
    const other = examined.get(place)
    if (other === undefined || one.applies === other.applies) return []
    const { statement, effect } = one
    const conditions = one.conditions.flatMap((key, index) => {
      const session = other.conditions[index]
      return session === undefined || session.holds === key.holds ? [] : [{ key, session }]
    })
    return [{ statement, effect, conditions }]
  })
}

/** Each statement once, though several steps may have looked at it. */
function statementsOf({ steps }: Explanation): ReadonlyMap<string, ExaminedStatement> {
  return new Map(
    steps.flatMap(({ statements }) =>
      statements.map(one => {
        const { source, start } = one.statement
        return [`${source.type} ${source.name}:${start.line}:${start.column}`, one] as const
      }),
    ),
  )
}
