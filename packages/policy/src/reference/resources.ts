// Resource and NotResource.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
import type { ConditionKeys } from '../context-keys.ts'
import type { Policy, PolicyKind, ResourceElement } from '../policy.ts'
import { dependsOnRequest, type Piece, piecesOf, resolvePattern } from './variables.ts'
import { matchesWildcards } from './wildcards.ts'

/**
 * Whether a statement is about the request's resource, an ARN or the `*` of an action that has none.
 * A trust policy says nothing of resources: it is about its role.
 */
export function matchesResource(
  resource: ResourceElement | undefined,
  policy: Policy,
  asked: string,
  keys: ConditionKeys,
): boolean {
  if (resource === undefined) return true
  const listed = resource.patterns.some(
    pattern => pattern !== null && matchesEntry(pattern, policy, asked, keys),
  )
  return resource.element === 'Resource' ? listed : !listed
}

/**
 * Segment by segment: the first five never match across a colon, the sixth holds all that is left.
 * Variables mean something in the sixth only.
 */
function matchesEntry(entry: string, policy: Policy, asked: string, keys: ConditionKeys): boolean {
  if (entry === '*') return true
  const segments = completed(splitAtColons(piecesOf(entry, policy)), policy.kind)
  const askedSegments = segmentsOf(asked)
  if (segments.length !== 6 || askedSegments.length !== 6) return false
  if (segments.slice(0, 5).some(dependsOnRequest)) return false
  return segments.every((segment, index) => {
    const pattern = resolvePattern(segment, keys)
    return pattern !== undefined && matchesWildcards(pattern, askedSegments[index] ?? '')
  })
}

/** The six segments of an ARN, of which the last keeps its colons. */
export function segmentsOf(arn: string): readonly string[] {
  const parts = arn.split(':')
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

/** The same of a pattern, where a colon inside of `${…}` divides nothing. */
function splitAtColons(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const segments: Piece[][] = [[]]
  for (const { text, isVariable } of pieces) {
    if (isVariable) {
      segments.at(-1)?.push({ text, isVariable })
      continue
    }
    for (const [index, part] of text.split(':').entries()) {
      if (index > 0 && segments.length < 6) segments.push([])
      else if (index > 0) segments.at(-1)?.push({ text: ':', isVariable })
      segments.at(-1)?.push({ text: part, isVariable })
    }
  }
  return segments
}

/**
 * A short ARN means any value for what it leaves out: in the policies of a principal always, in a
 * service control policy where it ends in `*`, in a resource's or resource control policy never; and
 * never with a variable.
 */
function completed(
  segments: readonly (readonly Piece[])[],
  kind: PolicyKind,
): readonly (readonly Piece[])[] {
  if (segments.some(dependsOnRequest)) return segments
  const last = segments.at(-1)?.at(-1)
  const endsInStar = last?.isVariable === false && last.text.endsWith('*')
  const mayBeShort =
    kind === 'identity' ||
    kind === 'boundary' ||
    kind === 'session' ||
    (kind === 'scp' && endsInStar)
  if (!mayBeShort) return segments
  const missing = Array.from({ length: 6 - segments.length }, () => [
    { text: '*', isVariable: false },
  ])
  return [...segments, ...missing]
}
