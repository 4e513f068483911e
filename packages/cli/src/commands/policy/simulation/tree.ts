// A simulation as a tree of reasons: for each state of MFA the steps of AWS's order up to the one that decided, the statements that
// each looked at, and their conditions with what the request had.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
import { type ExaminedStatement, MFA_STATES, type MfaState, type Step } from '@twinlock/policy'
import { placeOfStatement } from '../../../account/policy-document.ts'
import type { Caller } from './caller.ts'
import type { Paint } from '../../../terminal/paint.ts'
import { printable } from '../../../terminal/printable.ts'
import { type Answer, decisionIn, type ServiceRule } from './simulation.ts'
import type { TextOf } from './notes.ts'
import {
  actualText,
  conditionText,
  isMfaKey,
  paintDecision,
  stateName,
  statementName,
} from './wording.ts'

/** A line, and what hangs on it. */
type Branch = { readonly line: string; readonly branches: readonly Branch[] }

export type Telling = { readonly caller: Caller; readonly paint: Paint; readonly textOf: TextOf }

export function simulationTree(answers: readonly Answer[], telling: Telling): readonly string[] {
  return answers.flatMap((answer, index) => [
    ...(index === 0 ? [] : ['']),
    telling.paint('bold', `${answer.action} on ${answer.resource}`),
    ...drawn(MFA_STATES.map(state => branchOf(answer, state, telling))),
  ])
}

function branchOf(answer: Answer, state: MfaState, telling: Telling): Branch {
  const { steps, missingKeys } = answer.explanations[state]
  const decision = paintDecision(telling.paint, decisionIn(answer, state))
  const line = `${stateName(state, telling.caller)}: ${decision}`
  const rule = RULES[answer.rule ?? '']
  if (rule !== undefined) return { line, branches: [leaf(rule)] }
  const missing = missingKeys.filter(key => !isMfaKey(key))
  return {
    line,
    branches: [
      ...steps.map((step, index) =>
        branchOfStep(step, { ...telling, decides: index === steps.length - 1 }),
      ),
      ...(missing.length === 0 ? [] : [leaf(printable(`missing keys: ${missing.join(', ')}`))]),
    ],
  }
}

/** Rules beside which policies have no say. */
const RULES: Readonly<Record<string, string>> = {
  'asks no policy': 'STS asks no policy',
  'takes no root user': 'Roles may not be assumed by root accounts.',
} satisfies Partial<Record<ServiceRule, string>>

function leaf(line: string): Branch {
  return { line, branches: [] }
}

function branchOfStep(
  { layer, level, outcome, statements }: Step,
  telling: Telling & { readonly decides: boolean },
): Branch {
  const where = level === undefined ? layer : `${layer}, level ${level}`
  const mark = telling.decides ? telling.paint('dim', '  ← decides') : ''
  return {
    line: `${where}: ${outcome}${mark}`,
    branches: statements.map(statement => branchOfStatement(statement, telling)),
  }
}

function branchOfStatement(examined: ExaminedStatement, { paint, textOf }: Telling): Branch {
  const { statement, effect, conditions, applies } = examined
  const name = statementName(effect, statement)
  const place = placeOfStatement(statement, textOf(statement.source.name))
  const style = effect === 'Allow' ? 'green' : 'red'
  return {
    line: `${applies ? paint(style, `✓ ${name}`) : `✗ ${name}`}  ${paint('dim', place)}${whyNot(examined)}`,
    branches: conditions.map(condition =>
      leaf(
        `${condition.holds ? '✓' : '✗'} ${conditionText(condition)}: is ${actualText(condition.actual)}`,
      ),
    ),
  }
}

function whyNot({ namesCaller, matchesResource }: ExaminedStatement) {
  if (!namesCaller) return '  does not name the caller'
  return matchesResource ? '' : '  is about other resources'
}

function drawn(branches: readonly Branch[], indent = ''): readonly string[] {
  return branches.flatMap(({ line, branches: below }, index) => {
    const isLast = index === branches.length - 1
    return [
      `${indent}${isLast ? '└─' : '├─'} ${line}`,
      ...drawn(below, `${indent}${isLast ? '  ' : '│ '} `),
    ]
  })
}
