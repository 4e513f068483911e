// A simulation as JSON, in a shape that README.md describes and that only grows.
import { type Explanation, MFA_STATES, type MatchedStatement } from '@twinlock/policy'
import { type Answer, decisionIn } from './simulation.ts'

type Telling = {
  readonly caller: string | undefined
  readonly staleSeconds: number
  /** Whether the steps of each decision are told. */
  readonly steps: boolean
}

export function simulationJson(
  answers: readonly Answer[],
  { caller, staleSeconds, steps }: Telling,
): string {
  return JSON.stringify(
    {
      caller: caller ?? null,
      staleAfterSeconds: staleSeconds,
      results: answers.map(answer => resultOf(answer, steps)),
    },
    null,
    2,
  )
}

function resultOf(answer: Answer, steps: boolean) {
  return {
    action: answer.action,
    resource: answer.resource,
    ...Object.fromEntries(
      MFA_STATES.map(state => [
        state,
        {
          decision: decisionIn(answer, state),
          ...reasonsOf(answer.explanations[state], steps),
        },
      ]),
    ),
    ...(answer.rule !== undefined && { rule: answer.rule }),
    context: Object.fromEntries(answer.keys),
  }
}

function reasonsOf(
  { evaluation, matchedStatements, missingKeys, steps }: Explanation,
  all: boolean,
) {
  return {
    ...('deniedBy' in evaluation && { deniedBy: evaluation.deniedBy }),
    matchedStatements: matchedStatements.map(statementOf),
    missingKeys,
    ...(all && {
      steps: steps.map(step => ({
        ...step,
        statements: step.statements.map(examined => ({
          ...examined,
          statement: statementOf(examined.statement),
          // Undefined has no place in JSON, and an absent key is worth telling.
          conditions: examined.conditions.map(({ actual, ...rest }) => ({
            ...rest,
            actual: actual ?? null,
          })),
        })),
      })),
    }),
  }
}

function statementOf({ source, Sid, start, end }: MatchedStatement) {
  return { source, ...(Sid !== undefined && { Sid }), start, end }
}
