// Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`, in
// documents of 2012.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
import type { ConditionKeys } from '../context-keys.ts'
import type { Policy } from '../policy.ts'
import { isMultivalued } from './cardinality.ts'
import { literally, type Pattern, withWildcards } from './wildcards.ts'

/** A piece of a text: plain, or what stands between `${` and `}`. */
export type Piece = { readonly text: string; readonly isVariable: boolean }

/** The pieces of a value: a document of 2008 has no variables. */
export function piecesOf(text: string, { Version = '2008-10-17' }: Policy): readonly Piece[] {
  if (Version === '2008-10-17') return [{ text, isVariable: false }]
  return text
    .split(/(\$\{[^{}]*\})/)
    .map((piece, index) =>
      index % 2 === 0
        ? { text: piece, isVariable: false }
        : { text: piece.slice(2, -1), isVariable: true },
    )
}

/** Whether the text depends on the request. */
export function dependsOnRequest(pieces: readonly Piece[]): boolean {
  return pieces.some(({ text, isVariable }) => isVariable && !isEscape(text))
}

/** The pattern, or undefined when a variable has no value. What is put in is never a wildcard. */
export function resolvePattern(pieces: readonly Piece[], keys: ConditionKeys): Pattern | undefined {
  const resolved = pieces.map(({ text, isVariable }) => {
    if (!isVariable) return withWildcards(text)
    const value = valueOf(text, keys)
    return value === undefined ? undefined : literally(value)
  })
  return resolved.every(pattern => pattern !== undefined) ? resolved.flat() : undefined
}

/** The text, or undefined; here `*` and `?` are characters like others. */
export function resolveText(pieces: readonly Piece[], keys: ConditionKeys): string | undefined {
  const resolved = pieces.map(({ text, isVariable }) => (isVariable ? valueOf(text, keys) : text))
  return resolved.every(text => text !== undefined) ? resolved.join('') : undefined
}

function isEscape(inside: string): boolean {
  return inside === '*' || inside === '?' || inside === '$'
}

/**
 * A default stands in for an absent key, not for an empty value, and is literal. A multi-valued key
 * has no text, whatever its default.
 */
function valueOf(inside: string, keys: ConditionKeys): string | undefined {
  if (isEscape(inside)) return inside
  const { key, fallback } = keyAndDefault(inside)
  const name = key.toLowerCase()
  if (isMultivalued(name)) return undefined
  const value = keys.get(name)
  if (value === undefined) return fallback
  return typeof value === 'string' ? value : undefined
}

/** `key, 'default'`; whatever else has a comma is the name of a key that nobody has. */
function keyAndDefault(inside: string): { readonly key: string; readonly fallback?: string } {
  const comma = inside.indexOf(',')
  if (comma === -1) return { key: inside }
  const key = trimBlanks(inside.slice(0, comma), 'end')
  const quoted = trimBlanks(inside.slice(comma + 1), 'start')
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'")
  const fallback = quoted.slice(1, -1)
  return key !== '' && isQuoted && !fallback.includes("'") ? { key, fallback } : { key: inside }
}

function trimBlanks(text: string, where: 'start' | 'end'): string {
  const units = text.split('')
  const at = where === 'start' ? units.findIndex(isNoBlank) : units.findLastIndex(isNoBlank)
  if (at === -1) return ''
  return where === 'start' ? text.slice(at) : text.slice(0, at + 1)
}

function isNoBlank(unit: string): boolean {
  return unit !== ' '
}
