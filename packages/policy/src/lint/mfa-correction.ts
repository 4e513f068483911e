// What a statement has to say in order to protect: candidates, the least changed first, until one does
// in all four states what it should.
import { parseDecimal } from '../decimal.ts'
import { parseBool } from '../operators/bool.ts'
import { findOperator } from '../operators/operators.ts'
import type { Effect } from '../policy.ts'
import type { LintedCondition, LintedDocument, LintedStatement, Span } from './document.ts'
import { type Edit, type NewCondition, replaceString, rewriteConditions } from './edits.ts'
import { AGE, isAge, mfaConditions, mfaEffect, type MfaEffect, PRESENT } from './mfa-effect.ts'

/** The statement made to protect, or undefined when no conditions on MFA would do. */
export function correctionOf(
  document: LintedDocument,
  linted: LintedStatement,
): (() => readonly Edit[]) | undefined {
  const conditions = mfaConditions(linted)
  if (isUpsideDown(document, linted)) return () => [replaceString(effectOf(linted), 'Deny')]
  const corrected = correction(document, conditions, linted.statement.Effect)
  return corrected && (() => rewriteConditions(document.text, linted, conditions, corrected))
}

/** A deny-unless-MFA that says Allow, which is what Terraform makes of a forgotten effect. */
function isUpsideDown({ version }: LintedDocument, linted: LintedStatement): boolean {
  const { Effect, action } = linted.statement
  return (
    Effect === 'Allow' &&
    action.element === 'NotAction' &&
    protects(mfaEffect(mfaConditions(linted), version, 'Deny'), 'Deny')
  )
}

function effectOf({ json }: LintedStatement): Span {
  return json.members.get('Effect') ?? json
}

/**
 * The conditions that protect in place of these: the first of the candidates, the least changed one
 * first, that does in all four states what a protecting statement does.
 */
function correction(
  { version }: LintedDocument,
  conditions: readonly LintedCondition[],
  Effect: Effect,
): readonly NewCondition[] | undefined {
  const ages = conditions.filter(({ key }) => isAge(key))
  const candidates = (Effect === 'Deny' ? denyCandidates : allowCandidates)(conditions, ages)
  return candidates.filter(isWritable).find(candidate => {
    const effect = mfaEffect(candidate, version, Effect)
    return protects(effect, Effect) && (!ages.some(isLimit) || stopsOldMfa(effect, Effect))
  })
}

/** Operators that there are, and no name twice. */
function isWritable(candidate: readonly NewCondition[]): boolean {
  const names = new Set(candidate.map(({ operator, key }) => `${operator} ${key}`))
  return (
    names.size === candidate.length &&
    candidate.every(({ operator }) => findOperator(operator) !== undefined)
  )
}

function isLimit({ operator }: LintedCondition): boolean {
  return operator !== 'Null'
}

function stopsOldMfa({ staleMfa }: MfaEffect, effect: Effect): boolean {
  return staleMfa === (effect === 'Deny')
}

function protects({ longTermKey, noMfaSession, freshMfa }: MfaEffect, effect: Effect): boolean {
  return effect === 'Deny'
    ? longTermKey && noMfaSession && !freshMfa
    : !longTermKey && !noMfaSession && freshMfa
}

type Candidates = readonly (readonly NewCondition[])[]

function denyCandidates(
  conditions: readonly LintedCondition[],
  ages: readonly LintedCondition[],
): Candidates {
  return [
    conditions.map(condition => ({ ...condition, operator: `${baseOf(condition)}IfExists` })),
    turnedRound(conditions),
    ...limits(ages).map(seconds => [
      { operator: 'NumericGreaterThanIfExists', key: keyOf(ages, AGE), values: [seconds] },
    ]),
    [{ operator: 'BoolIfExists', key: keyOf(presences(conditions), PRESENT), values: ['false'] }],
  ]
}

function allowCandidates(
  conditions: readonly LintedCondition[],
  ages: readonly LintedCondition[],
): Candidates {
  const present = { operator: 'Bool', key: keyOf(presences(conditions), PRESENT), values: ['true'] }
  return [
    conditions.map(condition => ({ ...condition, operator: baseOf(condition) })),
    turnedRound(conditions),
    ...limits(ages).map(seconds => [
      present,
      { operator: 'NumericLessThan', key: keyOf(ages, AGE), values: [seconds] },
    ]),
    [present],
  ]
}

/** `true` for `false` under Null, and the reverse. */
function turnedRound(conditions: readonly LintedCondition[]): readonly NewCondition[] {
  return conditions.map(({ operator, key, values }) => {
    if (operator !== 'Null') return { operator, key, values }
    return { operator, key, values: [parseBool(values[0] ?? '') ? 'false' : 'true'] }
  })
}

/** Neither ForAllValues nor IfExists. */
function baseOf({ operator }: LintedCondition): string {
  return operator.replace(/^For(?:All|Any)Values?:/, '').replace(/IfExists$/, '')
}

function presences(conditions: readonly LintedCondition[]): readonly LintedCondition[] {
  return conditions.filter(({ key }) => !isAge(key))
}

/** As the author spells it. */
function keyOf([first]: readonly LintedCondition[], otherwise: string): string {
  return first?.key ?? otherwise
}

/** The ages that the document names, and an hour, which AWS's samples take. */
function limits(ages: readonly LintedCondition[]): readonly string[] {
  if (ages.length === 0) return []
  const named = ages.flatMap(({ operator, values }) =>
    operator.includes('Numeric') ? values.slice(0, 1) : [],
  )
  return [...named.filter(value => parseDecimal(value) !== undefined), '3600']
}
