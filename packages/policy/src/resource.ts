// Resource and NotResource, compiled.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
import { compileHead } from './arn.ts'
import type { ConditionKeys } from './context-keys.ts'
import type { PolicyKind, PolicyVersion, ResourceElement } from './policy.ts'
import { compileTemplate } from './template-matcher.ts'
import {
  hasVariable,
  parseTemplate,
  plainTemplate,
  splitAtColons,
  type Template,
} from './variables.ts'

/**
 * Whether the statement is about the request's resource: an ARN, or `*` for an action that has
 * none.
 */
export type ResourceMatcher = (resource: string, keys: ConditionKeys) => boolean

/** An entry that can't be resolved matches nothing, so a NotResource of it excludes nothing. */
export function compileResource(
  { element, patterns }: ResourceElement,
  kind: PolicyKind,
  version: PolicyVersion,
): ResourceMatcher {
  const matchers = patterns
    .filter(pattern => pattern !== null)
    .map(pattern => compileEntry(pattern, kind, version))
  const [only] = matchers
  if (element === 'Resource' && matchers.length === 1 && only !== undefined) return only
  const wanted = element === 'Resource'
  return (resource, keys) => {
    for (const matches of matchers) if (matches(resource, keys)) return wanted
    return !wanted
  }
}

function compileEntry(text: string, kind: PolicyKind, version: PolicyVersion): ResourceMatcher {
  if (text === '*') return () => true
  const segments = resourceSegments(text, kind, version)
  if (segments === undefined) return () => false
  const matchHead = compileHead(segments)
  const matchesLast = compileTemplate(segments[5] ?? [])
  return (resource, keys) => {
    const start = matchHead(resource, keys)
    return start !== -1 && matchesLast(resource, keys, start)
  }
}

/**
 * The six segments of an entry other than `*`, or undefined where it can match nothing. Only the
 * sixth may hold variables; before the fifth colon they match nothing.
 */
export function resourceSegments(
  text: string,
  kind: PolicyKind,
  version: PolicyVersion,
): readonly Template[] | undefined {
  const template = version === '2012-10-17' ? parseTemplate(text) : plainTemplate(text)
  const segments = completed(splitAtColons(template, 6), kind)
  return segments?.slice(0, 5).some(hasVariable) ? undefined : segments
}

/**
 * An ARN of fewer than six segments means any value for the rest. In a service control policy it
 * does so only where it ends in a wildcard; resource policies know no short ARNs, and with a
 * variable in it nothing is completed.
 */
function completed(
  segments: readonly Template[],
  kind: PolicyKind,
): readonly Template[] | undefined {
  if (segments.length === 6) return segments
  if (segments.some(hasVariable)) return undefined
  if (kind === 'resource' || kind === 'rcp' || kind === 'trust') return undefined
  const last = segments.at(-1)?.at(-1)
  if (kind === 'scp' && !(last?.kind === 'text' && last.text.endsWith('*'))) return undefined
  const any: Template = [{ kind: 'text', text: '*' }]
  return [...segments, ...Array.from({ length: 6 - segments.length }, () => any)]
}
