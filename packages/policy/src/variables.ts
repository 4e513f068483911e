// Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
import { type ConditionKeys, isMultivalued } from './context-keys.ts'

/**
 * A text with variables, in order. `text` may hold wildcards, `literal` and what replaces a
 * variable may not.
 */
export type Template = readonly Segment[]

export type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'literal'; readonly text: string }
  | Variable

export type Variable = {
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

/** Whether it is one text, whatever the request says. */
export function isPlain(template: Template): boolean {
  return template.every(
    segment =>
      segment.kind === 'literal' || (segment.kind === 'text' && !/[*?]/.test(segment.text)),
  )
}

/** Its variables, each once. */
export function variablesOf(template: Template): readonly Variable[] {
  const variables = template.filter(segment => segment.kind === 'variable')
  return [...new Map(variables.map(one => [JSON.stringify([one.key, one.fallback]), one])).values()]
}

/** What stands for the segment: a text of the policy, or the request's value. */
export function textOf(segment: Segment, keys: ConditionKeys): string | undefined {
  return segment.kind === 'variable' ? valueOf(segment, keys) : segment.text
}

/** The default stands in for an absent key only. */
function valueOf(
  { key, multivalued, fallback }: Variable,
  keys: ConditionKeys,
): string | undefined {
  if (multivalued) return undefined
  const value = keys.get(key)
  if (value === undefined) return fallback
  return typeof value === 'string' ? value : undefined
}

/**
 * The text of a template in which `*` and `?` are themselves, or undefined when a variable has no
 * value. As long as variables × values: decisions compare in place.
 */
export function expandText(template: Template, keys: ConditionKeys): string | undefined {
  let expanded = ''
  for (const segment of template) {
    const text = textOf(segment, keys)
    if (text === undefined) return undefined
    expanded += text
  }
  return expanded
}

/**
 * The parts between colons, at most `limit`, the last one with the colons that remain. A colon inside
 * `${…}` divides nothing.
 */
export function splitAtColons(template: Template, limit: number): readonly Template[] {
  const parts: Segment[][] = [[]]
  for (const segment of template) {
    if (segment.kind === 'variable') {
      parts.at(-1)?.push(segment)
      continue
    }
    const { kind } = segment
    let rest = segment.text
    while (parts.length < limit && rest.includes(':')) {
      const colon = rest.indexOf(':')
      if (colon > 0) parts.at(-1)?.push({ kind, text: rest.slice(0, colon) })
      parts.push([])
      rest = rest.slice(colon + 1)
    }
    if (rest !== '') parts.at(-1)?.push({ kind, text: rest })
  }
  return parts
}
