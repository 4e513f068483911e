// DOC001 to DOC003: what AWS does not even store. The document is no policy, so what is looked at
// is its JSON, and with the causes that are plain repaired it may become one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
import { type Json, type JsonObject, JsonSyntaxError, parseJson } from '../json.ts'
import { findOperator, OPERATOR_NAMES } from '../operators/operators.ts'
import { parsePolicy } from '../parse.ts'
import { PolicyError } from '../policy-error.ts'
import { hostBits } from './addresses.ts'
import {
  elementsOf,
  isObject,
  type LintedCondition,
  type LintOptions,
  locateConditions,
} from './document.ts'
import { applyEdits, type Edit, replaceString } from './edits.ts'
import type { Observation } from './rule.ts'
import { likelyMeant } from './spelling.ts'
import { isLowered } from './ipv6-blocks.ts'

/** Why the document is refused, and the plain causes in it, all with the same correction. */
export function refusal(
  text: string,
  { message, detail }: PolicyError,
  offset: number,
  options: LintOptions,
): readonly Observation[] {
  const causes = plainCauses(text)
  const repairs = causes.flatMap(({ fix }) => fix?.() ?? [])
  const isRepaired = repairs.length > 0 && isPolicy(applyEdits(text, repairs), options)
  const all = [
    {
      code: 'DOC001',
      at: { start: offset, end: Math.min(offset + 1, text.length) },
      why: `AWS answers: ${message}${detail === undefined ? '' : ` (${detail})`}${unseen(text)}`,
    } satisfies Observation,
    ...causes,
  ]
  return all.map(({ code, at, why, statement }: Observation) => ({
    code,
    at,
    why,
    ...(statement !== undefined && { statement }),
    ...(isRepaired && { fix: () => repairs }),
  }))
}

/** What an editor does not show, and what AWS does not say. */
function unseen(text: string): string {
  if (text.trim() === '') return ' The document is empty.'
  if (text.startsWith('\uFEFF')) {
    return ' It begins with a byte order mark: save it as UTF-8 without one.'
  }
  const document = readJson(text)
  if (document === undefined) return endsEarly(text) ? ' The JSON ends before it is complete.' : ''
  return isObject(document) && !document.members.has('Statement') ? ' It has no Statement.' : ''
}

/** Whether more of it would help. */
function endsEarly(text: string): boolean {
  try {
    parseJson(text)
    return false
  } catch (error) {
    return error instanceof JsonSyntaxError && error.offset >= text.trimEnd().length
  }
}

function plainCauses(text: string): readonly Observation[] {
  const document = readJson(text)
  if (!isObject(document)) return []
  return elementsOf(document.members.get('Statement'))
    .filter(isObject)
    .flatMap((statement, index) =>
      causesIn(text, statement).map(cause => ({ ...cause, statement: index })),
    )
}

function readJson(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined
    throw error
  }
}

function isPolicy(text: string, { kind, managed = false }: LintOptions): boolean {
  try {
    parsePolicy(text, kind, { managed })
    return true
  } catch (error) {
    if (error instanceof PolicyError) return false
    throw error
  }
}

function causesIn(text: string, { members }: JsonObject): readonly Observation[] {
  const conditions = locateConditions(text, members.get('Condition'))
  return [
    ...effectInWrongCase(members.get('Effect')),
    ...unknownOperators(conditions),
    ...conditions
      .filter(({ operator }) => operator.includes('IpAddress'))
      .flatMap(({ entries }) => entries.filter(entry => !isLowered(entry.text)).map(hostBits)),
  ]
}

/** DOC003. */
function effectInWrongCase(effect: Json | undefined): readonly Observation[] {
  if (effect?.kind !== 'string') return []
  const meant = ['Allow', 'Deny'].find(word => word.toLowerCase() === effect.text.toLowerCase())
  if (meant === undefined || meant === effect.text) return []
  return [
    {
      code: 'DOC003',
      at: effect,
      why: `The names and words of the policy language have one spelling each: "${meant}".`,
      fix: () => [replaceString(effect, meant)],
    },
  ]
}

/** DOC002: once per operator, however many keys it stands over. */
function unknownOperators(conditions: readonly LintedCondition[]): readonly Observation[] {
  const unknown = new Map(
    conditions
      .filter(({ operator }) => findOperator(operator) === undefined)
      .map(condition => [condition.operator, condition]),
  )
  return [...unknown.values()].map(({ operator, operatorName }) => {
    const meant = operatorMeant(operator)
    return {
      code: 'DOC002',
      at: operatorName,
      why: `AWS knows no operator ${operator}${meant ? `; ${meant} is probably meant` : ''}. Names of operators have one spelling, letter case included; Null takes neither IfExists nor a quantifier.`,
      ...(meant !== undefined && {
        fix: (): readonly Edit[] => [replaceString(operatorName, meant)],
      }),
    }
  })
}

function operatorMeant(operator: string): string | undefined {
  if (/Null/i.test(operator)) return 'Null'
  return likelyMeant(operator, OPERATOR_NAMES)
}
