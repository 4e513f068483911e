// Whether one statement of a document is about everything that another one is about, as far as the
// texts of their elements tell. In doubt the answer is no.
import { compilePattern } from '../wildcard.ts'
import type { LintedDocument, LintedStatement } from './document.ts'
import { isMfaKey, type MfaEffect, mfaEffectOf, union } from './mfa-effect.ts'

/** Above it nobody wrote the lists, and comparing them would take long. */
const MOST_COMPARISONS = 100_000

/** In which states the Denies of the document stop all that the statement is about. */
export function deniedStates(document: LintedDocument, about: LintedStatement): MfaEffect {
  return union(
    document.statements
      .filter(({ statement }) => statement.Effect === 'Deny')
      .filter(deny => deny === about || coversAll(document, deny, about))
      .map(deny => mfaEffectOf(document, deny) ?? ALWAYS),
  )
}

const ALWAYS: MfaEffect = { longTermKey: true, noMfaSession: true, freshMfa: true, staleMfa: true }

function coversAll(document: LintedDocument, wide: LintedStatement, narrow: LintedStatement) {
  return (
    coversActions(wide, narrow) &&
    coversResources(wide, narrow) &&
    coversPrincipals(wide, narrow) &&
    conditionsAmong(document, wide, narrow)
  )
}

function coversActions(
  { statement: wide }: LintedStatement,
  { statement: narrow }: LintedStatement,
) {
  const { element, patterns } = wide.action
  if (element === 'Action' && patterns.includes('*')) return true
  if (patterns.length * narrow.action.patterns.length > MOST_COMPARISONS) return false
  if (element === 'Action') {
    return narrow.action.element === 'Action' && eachWithin(narrow.action.patterns, patterns)
  }
  // Whatever the wide statement exempts, the narrow one must not be about.
  if (narrow.action.element === 'NotAction') return eachWithin(patterns, narrow.action.patterns)
  return narrow.action.patterns.every(action => isApartFrom(action, patterns))
}

/** Whether no action of the pattern is exempt; what is exempt of another service is not. */
function isApartFrom(action: string, exempt: readonly string[]): boolean {
  const ofService = exempt.filter(other => other === '*' || serviceOf(other) === serviceOf(action))
  if (action === '*') return exempt.length === 0
  if (/[*?]/.test(action)) return ofService.length === 0
  return !ofService.some(other => compilePattern(other.toLowerCase())(action.toLowerCase()))
}

function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase()
}

/** A `?` could match the star of the other pattern, so patterns with one are compared as texts. */
function eachWithin(narrow: readonly string[], wide: readonly string[]): boolean {
  const matchers = wide.map(pattern => {
    const lower = pattern.toLowerCase()
    return lower.includes('?') ? (action: string) => action === lower : compilePattern(lower)
  })
  return narrow.every(pattern => matchers.some(matches => matches(pattern.toLowerCase())))
}

function coversResources(wide: LintedStatement, narrow: LintedStatement): boolean {
  const [of, within] = [wide.statement.resource, narrow.statement.resource]
  if (of === undefined || within === undefined) return of === within
  if (of.element === 'Resource' && of.patterns.includes('*')) return true
  return of.element === within.element && sameTexts(of.patterns, within.patterns)
}

function coversPrincipals(wide: LintedStatement, narrow: LintedStatement): boolean {
  const [of, within] = [wide.statement.principal, narrow.statement.principal]
  if (of === undefined || within === undefined) return of === within
  if (of.element === 'Principal' && of.principals === '*') return true
  if (of.element !== within.element || of.principals === '*' || within.principals === '*') {
    return false
  }
  const texts = new Set(of.principals.map(({ type, value }) => `${type} ${value}`))
  return within.principals.every(
    ({ type, value }) => texts.has(`${type} ${value}`) || (type === 'AWS' && texts.has('AWS *')),
  )
}

/** Whatever else the wide statement asks, the narrow one asks too. */
function conditionsAmong(
  { text }: LintedDocument,
  wide: LintedStatement,
  narrow: LintedStatement,
): boolean {
  const asked = (statement: LintedStatement) =>
    statement.conditions
      .filter(({ key }) => !isMfaKey(key))
      .map(({ operator, key, json }) => {
        return `${operator} ${key.toLowerCase()} ${text.slice(json.start, json.end)}`
      })
  const known = new Set(asked(narrow))
  return asked(wide).every(condition => known.has(condition))
}

function sameTexts(a: readonly unknown[], b: readonly unknown[]): boolean {
  const texts = new Set(a)
  return new Set(b).size === texts.size && b.every(text => texts.has(text))
}
