// Templates that are to be ARNs: the six segments matched one by one, the sixth with the colons it
// holds; `*` never runs across one of the first five colons.
import { compileHead } from './arn.ts'
import { type ConditionKeys, NO_KEYS } from './context-keys.ts'
import { compileTemplate } from './template-matcher.ts'
import { isText } from './template-text.ts'
import {
  hasVariable,
  type Segment,
  splitAtColons,
  type Template,
  textOf,
  type Variable,
  variablesOf,
} from './variables.ts'

const SEGMENTS = 6

/**
 * - `noMatch`: also where a variable has no value.
 * - `malformed`: what the template says is no ARN.
 */
export type ArnComparison = (arn: string, keys: ConditionKeys) => 'match' | 'noMatch' | 'malformed'

/** Compares with a text that is an ARN. Case-sensitive. */
export function compileArn(template: Template): ArnComparison {
  const segments = splitAtColons(template, SEGMENTS)
  const compare = compileSegments(segments)
  const variables = variablesOf(template)
  // What stands in the sixth segment divides nothing, wherever that begins.
  const dividing =
    segments.length < SEGMENTS ? variables : variablesOf(segments.slice(0, -1).flat())
  return (arn, keys) => {
    for (const variable of variables) if (textOf(variable, keys) === undefined) return 'noMatch'
    for (const variable of dividing) {
      if (!hasColon(variable, keys)) continue
      return compileSegments(divided(template, dividing, keys))(arn, keys)
    }
    return compare(arn, keys)
  }
}

/** Whether the template, which has no variable, is an ARN. */
export function isArnTemplate(template: Template): boolean {
  return isArn(splitAtColons(template, SEGMENTS), NO_KEYS)
}

function compileSegments(segments: readonly Template[]): ArnComparison {
  const isKnown = !hasVariable(segments[0] ?? [])
  if (isKnown && !isArn(segments, NO_KEYS)) return () => 'malformed'
  const matchHead = compileHead(segments)
  const matchesLast = compileTemplate(segments.at(-1) ?? [])
  return (arn, keys) => {
    if (!isKnown && !isArn(segments, keys)) return 'malformed'
    const start = matchHead(arn, keys)
    return start !== -1 && matchesLast(arn, keys, start) ? 'match' : 'noMatch'
  }
}

function isArn(segments: readonly Template[], keys: ConditionKeys): boolean {
  const [prefix = []] = segments
  return segments.length === SEGMENTS && isText(prefix, 'arn', keys)
}

function hasColon(variable: Variable, keys: ConditionKeys): boolean {
  return textOf(variable, keys)?.includes(':') ?? false
}

/** The segments of a template some of whose values bring colons of their own. */
function divided(
  template: Template,
  dividing: readonly Variable[],
  keys: ConditionKeys,
): readonly Template[] {
  const names = new Set(dividing.filter(variable => hasColon(variable, keys)).map(({ key }) => key))
  const withValue = (segment: Segment): Segment =>
    segment.kind === 'variable' && names.has(segment.key)
      ? { kind: 'literal', text: textOf(segment, keys) ?? '' }
      : segment
  return splitAtColons(template.map(withValue), SEGMENTS)
}
