// Matches a text against a template where it stands: what replaces a variable is compared with the
// text at hand and never put together first. A request that brings a long value for a variable, and a
// policy that names it often, make no pattern of value × variables: what is longer than what is left
// of the text ends the match.
import type { ConditionKeys } from './context-keys.ts'
import { type Template, textOf, type Variable } from './variables.ts'
import { ANY_ONE, findRun } from './wildcard-search.ts'
import type { Pattern } from './wildcard.ts'

/** Whether the template is all of `text` between `start` and `end`. */
export type TemplateMatcher = (
  text: string,
  keys: ConditionKeys,
  start?: number,
  end?: number,
) => boolean

/** What stands between two `*`. */
type Run = readonly Part[]

type Part =
  | Variable
  | { readonly kind: 'literal'; readonly text: string }
  /** So many `?`. */
  | { readonly kind: 'anyOne'; readonly length: number }

/**
 * A matcher of the template: its own `*` and `?` are wildcards, those of the values are not. A
 * variable without a value matches nothing. Linear in the text, whatever the values.
 */
export function compileTemplate(template: Template): TemplateMatcher {
  const [first = [], ...others] = splitAtStars(template)
  const last = others.pop()
  if (last === undefined) {
    return (text, keys, start = 0, end = text.length) => endOfRun(first, text, keys, start) === end
  }
  const between = others.filter(run => run.length > 0)
  if (between.length === 0 && last.length === 0) {
    return (text, keys, start = 0, end = text.length) => {
      const from = endOfRun(first, text, keys, start)
      return from !== -1 && from <= end
    }
  }
  return (text, keys, start = 0, end = text.length) => {
    let from = endOfRun(first, text, keys, start)
    const until = end - lengthOf(last, keys)
    if (from === -1 || from > until || endOfRun(last, text, keys, until) !== end) return false
    for (const run of between) {
      from = endOfNext(run, text, keys, from, until)
      if (from === -1) return false
    }
    return true
  }
}

/** What stands before, between and after the stars. */
function splitAtStars(template: Template): Run[] {
  const runs: Part[][] = [[]]
  for (const segment of template) {
    const parts = segment.kind === 'text' ? partsOf(segment.text) : [segment]
    for (const part of parts) {
      if (part === 'anyRun') runs.push([])
      else runs.at(-1)?.push(part)
    }
  }
  return runs
}

function partsOf(text: string): (Part | 'anyRun')[] {
  return (text.match(/\*|\?+|[^*?]+/g) ?? []).map(part => {
    if (part === '*') return 'anyRun'
    if (part.startsWith('?')) return { kind: 'anyOne', length: part.length }
    return { kind: 'literal', text: part }
  })
}

/** How long the run is, or Infinity when a variable has no value. */
function lengthOf(run: Run, keys: ConditionKeys): number {
  let length = 0
  for (const part of run) {
    length += part.kind === 'anyOne' ? part.length : (textOf(part, keys)?.length ?? Infinity)
  }
  return length
}

/** Where in `text` the run ends that begins at `start`; or -1. */
function endOfRun(run: Run, text: string, keys: ConditionKeys, start: number): number {
  let end = start
  for (const part of run) {
    if (part.kind === 'anyOne') {
      end += part.length
      if (end > text.length) return -1
      continue
    }
    const wanted = textOf(part, keys)
    if (wanted === undefined || !text.startsWith(wanted, end)) return -1
    end += wanted.length
  }
  return end
}

/** What is looked at in vain, beyond what the search has advanced, before tables are worth making. */
const PATIENCE = 64

/**
 * Where the run ends that stands first between `from` and `until`; or -1. So many parameters because
 * an object for them would be made in every decision.
 */
function endOfNext(
  run: Run,
  text: string,
  keys: ConditionKeys,
  from: number,
  until: number,
): number {
  const length = lengthOf(run, keys)
  const first = firstUnit(run, keys)
  let patience = PATIENCE + length
  for (let at = from; at + length <= until; at++, patience++) {
    if (first !== ANY_ONE && first !== text.charCodeAt(at)) continue
    const matched = unitsMatched(run, text, keys, at)
    if (matched === length) return at + length
    // Each part is looked at, one without text too.
    patience -= matched + run.length
    if (patience >= 0) continue
    const found = findRun(expanded(run, keys), text, at, until)
    return found === -1 ? -1 : found + length
  }
  return -1
}

/** What a run begins with, or ANY_ONE where that may be anything. */
function firstUnit(run: Run, keys: ConditionKeys): number {
  for (const part of run) {
    if (part.kind === 'anyOne') return ANY_ONE
    const text = textOf(part, keys)
    if (text) return text.charCodeAt(0)
  }
  return ANY_ONE
}

/** How much of the run, from its beginning, stands at `start`. */
function unitsMatched(run: Run, text: string, keys: ConditionKeys, start: number): number {
  let at = start
  for (const part of run) {
    if (part.kind === 'anyOne') {
      at += part.length
      continue
    }
    const wanted = textOf(part, keys) ?? ''
    for (let unit = 0; unit < wanted.length; unit++, at++) {
      if (text.charCodeAt(at) !== wanted.charCodeAt(unit)) return at - start
    }
  }
  return at - start
}

/** The run as a pattern: made only of what is no longer than what is left of the text. */
function expanded(run: Run, keys: ConditionKeys): Pattern {
  const pattern: number[] = []
  for (const part of run) {
    if (part.kind === 'anyOne') {
      for (let one = 0; one < part.length; one++) pattern.push(ANY_ONE)
      continue
    }
    const text = textOf(part, keys) ?? ''
    for (let at = 0; at < text.length; at++) pattern.push(text.charCodeAt(at))
  }
  return pattern
}
