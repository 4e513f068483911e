// Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
import { type ConditionKeys, isMultivalued, NO_KEYS } from './context-keys.ts'
import { literalPattern, matchesPattern, parsePattern, type Pattern } from './wildcard.ts'

/**
 * A text with variables, in order. `text` may hold wildcards, `literal` and what replaces a
 * variable may not.
 */
export type Template = readonly Segment[]

type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | {
      readonly kind: 'variable'
      /** In lower case, as conditions ask for it. */
      readonly key: string
      /** As it is written. */
      readonly name: string
      /** A key of several values has no text. */
      readonly multivalued: boolean
      readonly fallback?: string
    }

const VARIABLE = /\$\{([^{}]*)\}/g
const WITH_DEFAULT = /^([^,]*[^, ]) *, *'([^']*)'$/

/** The parts of `text`. A `${` that nothing closes is text. */
export function parseTemplate(text: string): Template {
  if (!text.includes('${')) return plainTemplate(text)
  const segments: Segment[] = []
  let plain = 0
  for (const match of text.matchAll(VARIABLE)) {
    if (match.index > plain) segments.push({ kind: 'text', text: text.slice(plain, match.index) })
    segments.push(parseVariable(match[1] ?? ''))
    plain = match.index + match[0].length
  }
  if (plain < text.length) segments.push({ kind: 'text', text: text.slice(plain) })
  return segments
}

/** A template of a document that has no variables: all of it is text. */
export function plainTemplate(text: string): Template {
  return text === '' ? [] : [{ kind: 'text', text }]
}

function parseVariable(inside: string): Segment {
  if (inside === '*' || inside === '?' || inside === '$') return { kind: 'literal', text: inside }
  const [, key, fallback] = WITH_DEFAULT.exec(inside) ?? []
  return key === undefined || fallback === undefined
    ? variable(inside)
    : { ...variable(key), fallback }
}

function variable(name: string) {
  const key = name.toLowerCase()
  return { kind: 'variable', key, name, multivalued: isMultivalued(key) } as const
}

/** The keys of the variables in `text`, as they are written. */
export function variablesIn(text: string): readonly string[] {
  return parseTemplate(text).flatMap(segment => (segment.kind === 'variable' ? segment.name : []))
}

/** Whether some part depends on the request. */
export function hasVariable(template: Template): boolean {
  return template.some(segment => segment.kind === 'variable')
}

/**
 * A matcher of a text, from `start` on, against the template: its own `*` and `?` are wildcards,
 * those of the values are not. A variable without a value matches nothing.
 */
export function compileTemplate(
  template: Template,
): (text: string, keys: ConditionKeys, start?: number) => boolean {
  if (!template.some(isWild)) {
    return (text, keys, start = 0) => endOfMatch(template, text, keys, start) === text.length
  }
  const prefix = prefixOf(template)
  if (prefix !== undefined) {
    return (text, keys, start = 0) => endOfMatch(prefix, text, keys, start) !== -1
  }
  const patternFor = resolved(template, expandPattern)
  return (text, keys, start = 0) => {
    const pattern = patternFor(keys)
    return pattern !== undefined && matchesPattern(pattern, text, start)
  }
}

/** Where in `text` the template, which has no wildcard, ends when it begins at `start`; or -1. */
function endOfMatch(template: Template, text: string, keys: ConditionKeys, start: number): number {
  let end = start
  for (const segment of template) {
    const part = segment.kind === 'variable' ? valueOf(segment, keys) : segment.text
    if (part === undefined || !text.startsWith(part, end)) return -1
    end += part.length
  }
  return end
}

/**
 * What `expand` makes of the template: once, where no request can change it, and else when the
 * variables have other values than at the last time.
 */
export function resolved<T>(
  template: Template,
  expand: (template: Template, keys: ConditionKeys) => T,
): (keys: ConditionKeys) => T {
  let expanded = expand(template, NO_KEYS)
  const variables = template
    .filter(segment => segment.kind === 'variable')
    .map(segment => ({ segment, value: valueOf(segment, NO_KEYS) }))
  return keys => {
    let changed = false
    for (const variable of variables) {
      const value = valueOf(variable.segment, keys)
      if (value === variable.value) continue
      variable.value = value
      changed = true
    }
    if (changed) expanded = expand(template, keys)
    return expanded
  }
}

function isWild(segment: Segment): boolean {
  return segment.kind === 'text' && /[*?]/.test(segment.text)
}

/** The template without its only wildcard, a `*` at the end. */
function prefixOf(template: Template): Template | undefined {
  const last = template.at(-1)
  if (last?.kind !== 'text' || !last.text.endsWith('*')) return undefined
  const prefix: Template = [
    ...template.slice(0, -1),
    { kind: 'text', text: last.text.slice(0, -1) },
  ]
  return prefix.some(isWild) ? undefined : prefix
}

/**
 * The text of a template in which `*` and `?` are themselves, or undefined when a variable has no
 * value.
 */
export function expandText(template: Template, keys: ConditionKeys): string | undefined {
  let expanded = ''
  for (const segment of template) {
    const text = segment.kind === 'variable' ? valueOf(segment, keys) : segment.text
    if (text === undefined) return undefined
    expanded += text
  }
  return expanded
}

/**
 * The pattern of a template, or undefined when a variable has no value. A value `*` is no wildcard.
 */
export function expandPattern(template: Template, keys: ConditionKeys): Pattern | undefined {
  const codes: number[] = []
  for (const segment of template) {
    const text = segment.kind === 'variable' ? valueOf(segment, keys) : segment.text
    if (text === undefined) return undefined
    const pattern = segment.kind === 'text' ? parsePattern(text) : literalPattern(text)
    for (const code of pattern) codes.push(code)
  }
  return codes
}

/** The default stands in for an absent key only. */
function valueOf(
  { key, multivalued, fallback }: Extract<Segment, { kind: 'variable' }>,
  keys: ConditionKeys,
): string | undefined {
  if (multivalued) return undefined
  const value = keys.get(key)
  if (value === undefined) return fallback
  return typeof value === 'string' ? value : undefined
}

/**
 * The parts between colons of the text, at most `limit`, the last one with the colons that remain.
 * A colon inside `${…}` divides nothing.
 */
export function splitAtColons(template: Template, limit: number): readonly Template[] {
  const parts: Segment[][] = [[]]
  for (const segment of template) {
    if (segment.kind !== 'text') {
      parts.at(-1)?.push(segment)
      continue
    }
    let rest = segment.text
    while (parts.length < limit && rest.includes(':')) {
      const colon = rest.indexOf(':')
      if (colon > 0) parts.at(-1)?.push({ kind: 'text', text: rest.slice(0, colon) })
      parts.push([])
      rest = rest.slice(colon + 1)
    }
    if (rest !== '') parts.at(-1)?.push({ kind: 'text', text: rest })
  }
  return parts
}
