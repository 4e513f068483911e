// Corrections as replacements of stretches of the text, so that what is right keeps its formatting.
import type { Json, JsonObject } from '../json.ts'
import { type LintedCondition, type LintedStatement, nameOf, type Span } from './document.ts'

/** `text` comes in place of the stretch. The edits of one correction do not overlap. */
export type Edit = Span & { readonly text: string }

/** The text with all the edits made. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let edited = ''
  let kept = 0
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    edited += text.slice(kept, edit.start) + edit.text
    kept = edit.end
  }
  return edited + text.slice(kept)
}

/** Another string in place of a name or value. */
export function replaceString({ start, end }: Span, text: string): Edit {
  return { start, end, text: JSON.stringify(text) }
}

/** A condition that is to be written. */
export type NewCondition = {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

/** Takes some conditions out of a statement and puts others in; the rest stays as it is written. */
export function rewriteConditions(
  text: string,
  { json, conditions }: LintedStatement,
  removed: readonly LintedCondition[],
  added: readonly NewCondition[],
): Edit[] {
  const inPlace = replaceInPlace(conditions, removed, added)
  if (inPlace !== undefined) return inPlace
  const element = json.members.get('Condition')
  const kept = conditions.filter(condition => !removed.includes(condition))
  const operators = Map.groupBy(
    [
      ...kept.map(({ operator, key, json: { start, end } }) => {
        return { operator, key, value: text.slice(start, end) }
      }),
      ...added.map(({ operator, key, values }) => {
        return { operator, key: freeSpelling(kept, operator, key), value: printValues(values) }
      }),
    ],
    ({ operator }) => operator,
  )
  if (operators.size === 0) return element === undefined ? [] : [removeMember(text, json, element)]
  const condition = [...operators].map(([operator, keys]) => {
    const members = keys.map(({ key, value }): Member => [key, value])
    return [operator, members] as const
  })
  if (element === undefined) return [addMember(text, json, 'Condition', condition)]
  return [
    {
      start: element.start,
      end: element.end,
      text: printTree(condition, styleOf(text, element, json)),
    },
  ]
}

/** A name may stand once in an object; a key that differs in letter case is the same key. */
function freeSpelling(kept: readonly LintedCondition[], operator: string, key: string): string {
  const taken = new Set(kept.filter(other => other.operator === operator).map(other => other.key))
  return [key, key.toLowerCase(), key.toUpperCase()].find(name => !taken.has(name)) ?? key
}

/** One condition for another under an operator of its own: only the words that differ change. */
function replaceInPlace(
  conditions: readonly LintedCondition[],
  [removed, ...others]: readonly LintedCondition[],
  [added, ...more]: readonly NewCondition[],
): Edit[] | undefined {
  if (removed === undefined || added === undefined) return undefined
  if (others.length > 0 || more.length > 0) return undefined
  const rest = conditions.filter(condition => condition !== removed)
  const renamed = added.operator !== removed.operator
  if (renamed && (removed.siblings > 1 || rest.some(isUnder(added.operator)))) return undefined
  if (rest.some(other => isUnder(added.operator)(other) && other.key === added.key)) {
    return undefined
  }
  const sameValues =
    added.values.length === removed.values.length &&
    added.values.every((value, index) => value === removed.values[index])
  return [
    ...(renamed ? [replaceString(removed.operatorName, added.operator)] : []),
    ...(added.key === removed.key ? [] : [replaceString(removed.keyName, added.key)]),
    ...(sameValues
      ? []
      : [{ start: removed.json.start, end: removed.json.end, text: printValues(added.values) }]),
  ]
}

function isUnder(operator: string) {
  return (condition: LintedCondition) => condition.operator === operator
}

/** A list without some of its entries and with others; undefined when nothing would be left. */
export function rewriteList(
  text: string,
  list: Json,
  removed: readonly Json[],
  added: readonly string[],
): Edit[] | undefined {
  const { start, end } = list
  const elements = list.kind === 'array' ? list.elements : [list]
  const kept = elements.filter(element => !removed.includes(element))
  const entries = [
    ...kept.map(element => text.slice(element.start, element.end)),
    ...added.map(entry => JSON.stringify(entry)),
  ]
  if (entries.length === 0) return undefined
  const [first, second] = elements
  const last = elements.at(-1)
  if (list.kind !== 'array' || first === undefined || last === undefined) {
    const [only, ...more] = entries
    return [{ start, end, text: more.length === 0 && only ? only : `[${entries.join(', ')}]` }]
  }
  const open = text.slice(start, first.start)
  const between = second
    ? text.slice(first.end, second.start)
    : open.length > 1
      ? `,${open.slice(1)}`
      : ', '
  return [{ start, end, text: open + entries.join(between) + text.slice(last.end, end) }]
}

/** A statement after another one; what stood alone becomes an array. */
export function addStatement(
  text: string,
  document: JsonObject,
  { json }: LintedStatement,
  members: readonly Member[],
): Edit[] {
  const list = document.members.get('Statement')
  const statement = printTree(members, styleOf(text, json, document))
  if (list?.kind !== 'array') {
    return [
      { start: json.start, end: json.start, text: '[' },
      { start: json.end, end: json.end, text: `, ${statement}]` },
    ]
  }
  const first = list.elements[0]?.start ?? json.start
  const between = text.slice(list.start + 1, first)
  return [{ start: json.end, end: json.end, text: `,${between}${statement}` }]
}

/** One more member at the end of an object that has one. */
export function addMember(text: string, object: JsonObject, name: string, value: Tree): Edit {
  const last = [...object.members.values()].at(-1)
  if (last === undefined) throw new TypeError('an object without members')
  const style = styleOf(text, object)
  const isOnOneLine = style.unit === ''
  const indent = isOnOneLine ? '' : indentOf(text, nameOf(text, last).start)
  const between = isOnOneLine ? afterComma(style) : style.eol + indent
  const member = `${JSON.stringify(name)}${style.colon}${printTree(value, { ...style, indent })}`
  return { start: last.end, end: last.end, text: `,${between}${member}` }
}

/** One more member at the start of an object that has one. */
export function addFirstMember(text: string, object: JsonObject, name: string, raw: string): Edit {
  const first = [...object.members.values()][0]
  if (first === undefined) throw new TypeError('an object without members')
  const { start } = nameOf(text, first)
  const between = text.slice(object.start + 1, start)
  const style = styleOf(text, object)
  const after = between === '' ? afterComma(style) : between
  return { start, end: start, text: `${JSON.stringify(name)}${style.colon}${raw},${after}` }
}

function removeMember(text: string, object: JsonObject, value: Json): Edit {
  const values = [...object.members.values()]
  const index = values.indexOf(value)
  const [previous, next] = [values[index - 1], values[index + 1]]
  const { start } = nameOf(text, value)
  if (next) return { start, end: nameOf(text, next).start, text: '' }
  return { start: previous?.end ?? start, end: value.end, text: '' }
}

/** A value as it is written, or an object's members. */
type Tree = string | readonly Member[]

export type Member = readonly [name: string, value: Tree]

type Style = {
  /** What a level is indented by; empty for all on one line. */
  readonly unit: string
  readonly indent: string
  readonly colon: string
  /** Between a brace and what is in it, on one line. */
  readonly pad: string
  readonly eol: string
}

/** How the author writes objects such as this one; `parent` is asked where it has too little. */
function styleOf(text: string, object: Json, parent: Json = object): Style {
  const written = text.slice(object.start, object.end)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const colon = /":\s*?(?=\S)/.exec(written)?.[0].slice(1) ?? ': '
  const pad = /^\{ */.exec(written)?.[0].slice(1) ?? ''
  if (!written.includes('\n')) return { unit: '', indent: '', colon, pad, eol }
  const indent = indentOf(text, object.start)
  const unit = unitOf(text, parent, indentOf(text, parent.start)) ?? '  '
  return { unit, indent, colon, pad: '', eol }
}

/** By how much the first member stands further right than its object. */
function unitOf(text: string, object: Json, indent: string): string | undefined {
  const first = object.kind === 'object' ? [...object.members.values()][0] : undefined
  if (first === undefined) return undefined
  const inner = indentOf(text, nameOf(text, first).start)
  return inner.length > indent.length ? inner.slice(indent.length) : undefined
}

/** The blanks that the line begins with. */
function indentOf(text: string, at: number): string {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*/.exec(text.slice(lineStart, at))?.[0] ?? ''
}

function printTree(tree: Tree, style: Style): string {
  if (typeof tree === 'string') return tree
  const { unit, indent, colon, pad, eol } = style
  const inner = { ...style, indent: indent + unit }
  const members = tree.map(
    ([name, value]) => `${JSON.stringify(name)}${colon}${printTree(value, inner)}`,
  )
  if (unit === '') return `{${pad}${members.join(`,${afterComma(style)}`)}${pad}}`
  const line = eol + inner.indent
  return `{${line}${members.join(`,${line}`)}${eol}${indent}}`
}

/** Who writes a blank after a colon writes one after a comma. */
function afterComma({ colon }: Style): string {
  return colon.endsWith(' ') ? ' ' : ''
}

function printValues(values: readonly string[]): string {
  const printed = values.map(value => JSON.stringify(value))
  return printed.length === 1 ? printed.join('') : `[${printed.join(', ')}]`
}
