// Constraints of the model on an operation's input, and AWS's one ValidationError that names all that are broken.

import { AwsError } from './errors.ts'
import type { Constrained, List, Member, Operation, Shape, Structure } from './model/model.ts'
import type { Input } from './query/decode.ts'

/** Services whose messages repeat the value that they refuse. IAM's do not. */
const SHOWING_VALUES: ReadonlySet<string> = new Set(['sts'])

/** Violations that are told of one list's elements: enough to refuse it, and no answer many times as long as the request. */
const MOST_TOLD = 100

/** Patterns that IAM does not print: what it says instead, of the first member that breaks one. */
const IN_WORDS: Readonly<Record<string, string>> = {
  '[\\w+=,.@-]+': 'It must contain only alphanumeric characters and/or the following: +=,.@_-',
  '\\u002F[\\u0021-\\u007F]*':
    'It must begin with the / character and contain only alphanumeric characters and/or / characters.',
}

const NOT_NULL = 'Member must not be null'

/** Lists of scalars that name null among the rules of their elements (recorded); others that were recorded do not. */
const NAMING_NULL: ReadonlySet<string> = new Set(['tagKeys'])

/** A constraint and its text; `value` is of the shape's type. `words` are the sentence that IAM has instead. */
type Rule = {
  readonly text: string
  readonly words?: string | undefined
  readonly holds: (value: never) => boolean
}

type Violation = {
  readonly path: string
  readonly shape: Shape
  readonly value: unknown
  readonly text: string
  readonly words?: string | undefined
}

/**
 * Checks what decoding can't: required members, lengths, ranges, patterns and enumerations.
 * @throws ValidationError that lists every violation, in the order of the members in the model; what IAM says in words is
 * told when there is nothing to list
 */
export function validateInput({ model, input: shape }: Operation, input: Input): void {
  const violations = shape === undefined ? [] : violationsOf(shape, input, '')
  const [first] = violations
  if (first === undefined) return
  const listed = violations.filter(({ words }) => words === undefined)
  throw new AwsError(
    'ValidationError',
    listed.length === 0
      ? `The specified value for ${first.path} is invalid. ${first.words}`
      : messageOf(listed, SHOWING_VALUES.has(model.service)),
  )
}

function messageOf(violations: readonly Violation[], showValues: boolean): string {
  const noun = violations.length === 1 ? 'error' : 'errors'
  const parts = violations.map(violation => describe(violation, showValues))
  return `${violations.length} validation ${noun} detected: ${parts.join('; ')}`
}

function describe({ path, shape, value, text }: Violation, showValue: boolean): string {
  const shown = showValue && !isSensitive(shape) ? ` ${shownValue(value)}` : ''
  return `Value${shown} at '${path}' failed to satisfy constraint: ${text}`
}

function isSensitive(shape: Shape): boolean {
  switch (shape.type) {
    case 'string':
    case 'integer':
      return shape.sensitive
    case 'list':
      return isSensitive(shape.member)
    case 'structure':
      return shape.members.some(member => isSensitive(member.shape))
    case 'map':
      return isSensitive(shape.key) || isSensitive(shape.value)
    case 'blob':
      return true
    case 'boolean':
    case 'document':
    case 'timestamp':
      return false
    default:
      return shape satisfies never
  }
}

function shownValue(value: unknown): string {
  return value === undefined ? 'null' : `'${printed(value)}'`
}

/** As Java prints it, in which the messages were written first. */
function printed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(element => printed(element ?? null)).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}=${printed(member)}`)
    .join(', ')}}`
}

function violationsOf({ members }: Structure, input: Input, prefix: string): readonly Violation[] {
  let violations: readonly Violation[] = []
  for (const member of members) {
    const found = memberViolations(member, input[member.name], prefix)
    if (found.length > 0) violations = [...violations, ...found]
  }
  return violations
}

function memberViolations({ name, required, shape }: Member, value: unknown, prefix: string) {
  const path = `${prefix}${lowerFirst(name)}`
  if (value !== undefined) return valueViolations(shape, value, path)
  return required ? [missing(shape, path)] : []
}

const missing = (shape: Shape, path: string): Violation => ({
  path,
  shape,
  value: undefined,
  text: NOT_NULL,
})

function valueViolations(shape: Shape, value: unknown, path: string): readonly Violation[] {
  switch (shape.type) {
    case 'string':
    case 'integer':
      return brokenRules(shape, value).map(({ text, words }) => ({
        path,
        shape,
        value,
        text,
        words,
      }))
    case 'list':
      return listViolations(shape, value as readonly unknown[], path)
    case 'structure':
      return violationsOf(shape, value as Input, `${path}.`)
    case 'blob':
    case 'boolean':
    case 'document':
    case 'map':
    case 'timestamp':
      return []
    default:
      return shape satisfies never
  }
}

/**
 * Elements that are structures are named by number; of scalar ones AWS says only what all must satisfy.
 * INVARIANT: no list with an element that is undefined, which a gap in the numbers left out, passes.
 */
function listViolations(shape: List, list: readonly unknown[], path: string): readonly Violation[] {
  const { member } = shape
  const own = brokenRules(shape, list).map(({ text }) => ({ path, shape, value: list, text }))
  const isScalar = member.type === 'string' || member.type === 'integer'
  if (!isScalar) return [...own, ...elementViolations(member, list, path)]
  if (list.every(value => value !== undefined && brokenRules(member, value).length === 0))
    return own
  const texts = rulesOf(member).map(({ text }) => text)
  const all = texts.length === 0 || NAMING_NULL.has(path) ? [...texts, NOT_NULL] : texts
  const text = `Member must satisfy constraint: [${all.join(', ')}]`
  return [...own, { path, shape, value: list, text }]
}

function elementViolations(member: Shape, list: readonly unknown[], path: string) {
  const violations: Violation[] = []
  for (const [i, value] of list.entries()) {
    if (violations.length >= MOST_TOLD) break
    const at = `${path}.${i + 1}.member`
    violations.push(
      ...(value === undefined ? [missing(member, at)] : valueViolations(member, value, at)),
    )
  }
  return violations
}

function brokenRules(shape: Constrained | List, value: unknown): readonly Rule[] {
  return rulesOf(shape).filter(({ holds }) => !holds(value as never))
}

const rules = new WeakMap<Shape, readonly Rule[]>()

function rulesOf(shape: Constrained | List): readonly Rule[] {
  const known = rules.get(shape)
  if (known !== undefined) return known
  const made =
    shape.type === 'integer' ? rangeRules(shape) : [...lengthRules(shape), ...textRules(shape)]
  rules.set(shape, made)
  return made
}

function rangeRules({ min, max }: Constrained): readonly Rule[] {
  return boundRules('value', { min, max }, (value: number) => value)
}

/** Length in UTF-16 code units, as Java counts. */
function lengthRules({ min, max }: Constrained | List): readonly Rule[] {
  return boundRules('length', { min, max }, (value: string | readonly unknown[]) => value.length)
}

function boundRules(
  noun: 'length' | 'value',
  { min, max }: { readonly min: number | undefined; readonly max: number | undefined },
  measure: (value: never) => number,
): readonly Rule[] {
  const upper =
    max === undefined ? [] : [bound(`less than or equal to ${max}`, size => size <= max)]
  const lower =
    min === undefined ? [] : [bound(`greater than or equal to ${min}`, size => size >= min)]
  return [...upper, ...lower]

  function bound(words: string, holds: (size: number) => boolean): Rule {
    return {
      text: `Member must have ${noun} ${words}`,
      holds: (value: never) => holds(measure(value)),
    }
  }
}

function textRules(shape: Constrained | List): readonly Rule[] {
  if (shape.type === 'list') return []
  const { pattern, enum: values } = shape
  const matching = pattern === undefined ? [] : [patternRule(pattern)]
  const enumerated = values === undefined ? [] : [enumRule(new Set(values))]
  return [...matching, ...enumerated]
}

/** A longer text matches no pattern: none is meant for one, and over several megabytes some would exhaust the stack. */
const LONGEST_MATCH = 2 ** 20

/**
 * The pattern must match the whole of the text. AWS's patterns are Java's; with the flag `u` ours read them alike, `\w` and
 * `\d` being ASCII in both, and `\u10000` being U+1000 and a zero in both.
 */
function patternRule(pattern: string): Rule {
  const whole = new RegExp(`^(?:${pattern})$`, 'u')
  return {
    text: `Member must satisfy regular expression pattern: ${pattern}`,
    words: IN_WORDS[pattern],
    holds: (value: string) => value.length <= LONGEST_MATCH && whole.test(value),
  }
}

function enumRule(values: ReadonlySet<string>): Rule {
  return { text: 'Member must satisfy enum value set', holds: (value: string) => values.has(value) }
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
