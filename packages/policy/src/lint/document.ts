// A policy and its text side by side: every element with the place where it is written.
import { type Json, type JsonObject, parseJson } from '../json.ts'
import type { Condition, Policy, PolicyKind, PolicyVersion, Statement } from '../policy.ts'
import type { LintCatalogue } from './catalogue.ts'

/** What is known of a document besides its text. */
export type LintOptions = {
  readonly kind: PolicyKind
  /** For CreatePolicy: `Version` must be 2012-10-17. */
  readonly managed?: boolean
  /** To whom the policy is attached, as far as that is known. */
  readonly attachedTo?: readonly ('user' | 'group' | 'role')[]
  /** The account that the policy is of. */
  readonly account?: string
  readonly catalogue?: LintCatalogue
  /** The account's users are looked at one by one, so that nothing need be said of all of them. */
  readonly usersAreKnown?: boolean
}

/** From the first character to just after the last, as offsets. */
export type Span = { readonly start: number; readonly end: number }

/** A document that AWS accepts. */
export type LintedDocument = LintOptions & {
  readonly text: string
  readonly json: JsonObject
  readonly version: PolicyVersion
  readonly statements: readonly LintedStatement[]
}

export type LintedStatement = {
  readonly index: number
  readonly statement: Statement
  readonly json: JsonObject
  readonly action: LintedList
  readonly resource?: LintedList
  readonly conditions: readonly LintedCondition[]
}

/** One text, or an array of them. */
export type LintedList = {
  readonly json: Json
  readonly name: Span
  readonly entries: readonly Entry[]
}

export type Entry = { readonly text: string; readonly json: Json }

/** One key under one operator. */
export type LintedCondition = Condition & {
  readonly operatorName: Span
  readonly keyName: Span
  readonly json: Json
  readonly entries: readonly Entry[]
  /** How many keys the operator stands over. */
  readonly siblings: number
}

/** INVARIANT: `policy` is what `parsePolicy` makes of `text`. */
export function locate(text: string, policy: Policy, options: LintOptions): LintedDocument {
  const json = parseJson(text)
  if (json.kind !== 'object') throw new TypeError('a policy is an object')
  const statements = elementsOf(json.members.get('Statement')).filter(isObject)
  return {
    ...options,
    text,
    json,
    version: policy.Version ?? '2008-10-17',
    statements: policy.statements.flatMap((statement, index) => {
      const located = statements[index]
      return located ? [locateStatement(text, statement, located, index)] : []
    }),
  }
}

function locateStatement(
  text: string,
  statement: Statement,
  json: JsonObject,
  index: number,
): LintedStatement {
  const { action, resource } = statement
  const located = {
    action: locateList(text, json.members.get(action.element)),
    resource: resource && locateList(text, json.members.get(resource.element)),
  }
  return {
    index,
    statement,
    json,
    action: located.action,
    ...(located.resource && { resource: located.resource }),
    conditions: locateConditions(text, json.members.get('Condition')),
  }
}

function locateList(text: string, json: Json | undefined): LintedList {
  if (json === undefined) throw new TypeError('a statement has its elements')
  return { json, name: nameOf(text, json), entries: entriesOf(json) }
}

/** The conditions of a Condition element, in the order of the document. */
export function locateConditions(text: string, json: Json | undefined): LintedCondition[] {
  if (!isObject(json)) return []
  return [...json.members].flatMap(([operator, keys]) =>
    !isObject(keys)
      ? []
      : [...keys.members].map(([key, values]) => {
          const entries = entriesOf(values)
          return {
            operator,
            key,
            values: entries.map(entry => entry.text),
            operatorName: nameOf(text, keys),
            keyName: nameOf(text, values),
            json: values,
            entries,
            siblings: keys.members.size,
          }
        }),
  )
}

/** The name of the member with this value, quotes included; only `:` and blanks are between. */
export function nameOf(text: string, value: Json): Span {
  const end = text.lastIndexOf('"', value.start - 1) + 1
  let start = end - 1
  do start = text.lastIndexOf('"', start - 1)
  while (isEscaped(text, start))
  return { start, end }
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

/** An array's elements, or the value itself. */
export function elementsOf(json: Json | undefined): readonly Json[] {
  if (json === undefined) return []
  return json.kind === 'array' ? json.elements : [json]
}

function entriesOf(json: Json): Entry[] {
  return elementsOf(json).flatMap(element =>
    'text' in element ? [{ text: element.text, json: element }] : [],
  )
}

export function isObject(json: Json | undefined): json is JsonObject {
  return json?.kind === 'object'
}
