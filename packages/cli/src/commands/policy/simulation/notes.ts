// What stands below a simulation's table: where key and session part, what AWS's services do whatever the policies say, and what the
// requests did not have.
import type { ExaminedCondition } from '@twinlock/policy'
import { placeOfStatement } from '../../../account/policy-document.ts'
import { foldedBelow } from '../../../terminal/folded.ts'
import { printable } from '../../../terminal/printable.ts'
import type { Caller } from './caller.ts'
import { type Gap, type Parting, gapsOf } from './mfa-gap.ts'
import type { Answer, ServiceRule } from './simulation.ts'
import {
  actualText,
  conditionText,
  DECISIONS,
  isMfaKey,
  statementName,
  withoutMfa,
} from './wording.ts'

/** The text of the document of that name, to find a statement's first character in. */
export type TextOf = (name: string) => string | undefined

type Telling = { readonly caller: Caller; readonly textOf: TextOf; readonly columns: number }

/** The notes in lines that fit, an empty one before each. */
export function notesOn(answers: readonly Answer[], telling: Telling): readonly string[] {
  const plain = [...callerNotes(telling.caller), ...ruleNotes(answers), ...missingNotes(answers)]
  return [
    ...gapsOf(answers).flatMap(gap => ['', ...linesOfGap(gap, telling)]),
    ...plain.flatMap(note => ['', ...foldedBelow(printable(note), telling.columns)]),
  ]
}

function linesOfGap({ key, session, partings, answers }: Gap, telling: Telling) {
  const names = withoutMfa(telling.caller)
  const [passes, stops, outcome] =
    key === 'allowed'
      ? ([names.absent, names.false, session] as const)
      : ([names.false, names.absent, key] as const)
  const sentence = `${capital(passes.long)} passes where ${stops.long} gets an ${DECISIONS[outcome]}: ${listOf(answers)}.`
  return [
    ...foldedBelow(sentence, telling.columns),
    ...partings.flatMap(parting => linesOfParting(parting, telling)),
  ]
}

function linesOfParting(
  { statement, effect, conditions }: Parting,
  { caller, textOf }: Telling,
): readonly string[] {
  const names = withoutMfa(caller)
  const place = placeOfStatement(statement, textOf(statement.source.name))
  return [
    `  ${statementName(effect, statement)} at ${place}`,
    ...conditions.flatMap(({ key, session }) => [
      `    ${conditionText(key)}`,
      `      ${names.absent.short}: ${outcomeOf(key)}`,
      `      ${names.false.short}: ${outcomeOf(session)}`,
    ]),
  ]
}

function outcomeOf({ actual, holds }: ExaminedCondition) {
  return `is ${actualText(actual)}, ${holds ? 'holds' : 'does not hold'}`
}

/** Names a few, and counts the rest. */
function listOf(answers: readonly Answer[]) {
  const FEW = 3
  const actions = [...new Set(answers.map(({ action }) => action))]
  const named = actions.slice(0, FEW).join(', ')
  return actions.length > FEW ? `${named} and ${actions.length - FEW} more` : named
}

/** Columns of MFA are no promise that the caller can ever have it. */
function callerNotes({ facts: { kind } }: Caller): readonly string[] {
  if (kind !== 'role' && kind !== 'federatedUser') return []
  const whose = kind === 'role' ? 'a role' : 'GetFederationToken'
  return [`AWS documents that sessions of ${whose} have no MFA: for them "NO MFA" is what holds.`]
}

function ruleNotes(answers: readonly Answer[]): readonly string[] {
  const under = (wanted: ServiceRule) => answers.filter(({ rule }) => rule === wanted)
  const unasked = under('asks no policy')
  return [
    ...(unasked.length === 0
      ? []
      : [`STS asks no policy about ${listOf(unasked)}: whoever has valid credentials may.`]),
    ...(under('takes no root user').length === 0
      ? []
      : ['Whatever policies say: roles may not be assumed by root accounts.']),
    ...(under('takes no session without MFA').length === 0
      ? []
      : [
          'Whatever policies say, IAM takes no session of GetSessionToken that has no MFA; one of the console it does take.',
        ]),
  ]
}

/** Keys on which an answer may depend and that the requests did not have. */
function missingNotes(answers: readonly Answer[]): readonly string[] {
  const keys = answers.flatMap(({ explanations }) =>
    Object.values(explanations).flatMap(({ missingKeys }) => missingKeys),
  )
  const names = [...new Set(keys)].filter(key => !isMfaKey(key)).sort()
  if (names.length === 0) return []
  return [
    `The requests did not have ${names.join(', ')}, on which answers may depend: give them with --context.`,
  ]
}

function capital(text: string) {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
