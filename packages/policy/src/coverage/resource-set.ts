// Resource and NotResource as sets of resources, as far as they are known before a request is made.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
import { isMultivalued } from '../context-keys.ts'
import type { Policy, ResourceElement } from '../policy.ts'
import { resourceSegments } from '../resource.ts'
import type { Template } from '../variables.ts'
import { literalPattern, parsePattern, type Pattern } from '../wildcard.ts'
import { type ArnSet, coversMeeting, mayMeet, segmentSet, serviceOfSet } from './arn-set.ts'
import type { KnownKeys } from './known-keys.ts'

/** The resources that a statement is about. */
export type ResourceSet = {
  /** Whether it is about all but the entries. */
  readonly negated: boolean
  readonly entries: readonly Entry[]
}

/** `*`, which alone matches the request of an action without a resource; or a pattern. */
type Entry = '*' | { readonly set: ArnSet; readonly exact: boolean }

/** The resources of an action: none at all, or all ARNs of a form. */
export type ResourceKind = 'none' | ArnSet

/** How much of a kind of resource a statement is about. */
export type Extent = 'none' | 'some' | 'all'

/** A part of the resources that an Allow gives; `everything` where its limits are not looked at. */
export type Region = 'everything' | ArnSet

/** The element with the variables that are known; `undefined` is that of a trust policy: the role. */
export function resourceSet(
  resource: ResourceElement | undefined,
  { kind, Version = '2008-10-17' }: Policy,
  known: KnownKeys,
): ResourceSet {
  if (resource === undefined) return EVERYTHING
  const entries: Entry[] = []
  for (const text of resource.patterns) {
    if (text === '*') entries.push('*')
    const segments =
      text === '*' || text === null ? undefined : resourceSegments(text, kind, Version)
    const entry = segments && patternEntry(segments, known)
    if (entry !== undefined) entries.push(entry)
  }
  return { negated: resource.element === 'NotResource', entries }
}

const EVERYTHING: ResourceSet = { negated: false, entries: ['*'] }

/** Whether the set is every resource, and the absence of one. */
export function isEverything({ negated, entries }: ResourceSet): boolean {
  return !negated && entries.includes('*')
}

/**
 * The services whose ARNs the entries may match, or undefined if those of any. All other resources
 * are in the set if it is negated, and are not if it is not.
 */
export function servicesIn({ entries }: ResourceSet): ReadonlySet<string> | undefined {
  const services = new Set<string>()
  for (const entry of entries) {
    const service = entry === '*' ? undefined : serviceOfSet(entry.set)
    if (service === undefined) return undefined
    services.add(service)
  }
  return services
}

/**
 * How much of the kind is in the set. Neither `none` nor `all` is said in vain; the union of several
 * entries is not seen as `all`.
 */
export function extentIn(set: ResourceSet, kind: ResourceKind): Extent {
  const { negated, entries } = set
  if (entries.includes('*')) return negated ? 'none' : 'all'
  if (kind === 'none') return negated ? 'all' : 'none'
  const extent = extentOfEntries(entries, kind)
  return negated ? OPPOSITE[extent] : extent
}

const OPPOSITE = { none: 'all', some: 'some', all: 'none' } as const

function extentOfEntries(entries: readonly Entry[], kind: ArnSet): Extent {
  if (entries.some(entry => isExact(entry) && coversMeeting(entry.set, [kind]))) return 'all'
  return entries.some(entry => entry === '*' || mayMeet(entry.set, kind)) ? 'some' : 'none'
}

/** What an Allow of this set gives of the kind, part by part. */
export function regionsIn({ negated, entries }: ResourceSet, kind: ResourceKind): Region[] {
  if (negated || kind === 'none' || entries.includes('*')) return ['everything']
  const regions: Region[] = []
  for (const entry of entries) {
    if (entry !== '*' && mayMeet(entry.set, kind)) regions.push(entry.set)
  }
  return regions
}

/** Whether two parts may have a resource in common. */
export function regionsMayMeet(one: Region, other: Region): boolean {
  return one === 'everything' || other === 'everything' || mayMeet(one, other)
}

/** Whether surely every resource of the kind that is in all the regions is in the set. */
export function holdsMeeting(
  { negated, entries }: ResourceSet,
  kind: ResourceKind,
  regions: readonly Region[],
): boolean {
  if (entries.includes('*')) return !negated
  if (kind === 'none') return negated
  const sets = [kind, ...regions.filter(region => region !== 'everything')]
  if (!negated) return entries.some(entry => isExact(entry) && coversMeeting(entry.set, sets))
  return entries.every(entry => entry !== '*' && sets.some(set => !mayMeet(entry.set, set)))
}

function isExact(entry: Entry): entry is Exclude<Entry, '*'> {
  return entry !== '*' && entry.exact
}

/** Undefined where a variable has no value, which matches nothing. */
function patternEntry(segments: readonly Template[], known: KnownKeys): Entry | undefined {
  let exact = true
  const set: ArnSet[number][] = []
  for (const segment of segments) {
    const codes: number[] = []
    for (const part of segment) {
      const pattern = part.kind === 'variable' ? variablePattern(part, known) : textPattern(part)
      if (pattern === undefined) return undefined
      if (pattern === 'unknown') exact = false
      codes.push(...(pattern === 'unknown' ? ANYTHING : pattern))
    }
    set.push(segmentSet(codes))
  }
  return { set, exact }
}

type Part = Template[number]

const ANYTHING = parsePattern('*')

function textPattern({ kind, text }: Exclude<Part, { kind: 'variable' }>): Pattern {
  return kind === 'text' ? parsePattern(text) : literalPattern(text)
}

/** A multi-valued key has no text, not even that of the default. */
function variablePattern(
  { key, fallback }: Extract<Part, { kind: 'variable' }>,
  known: KnownKeys,
): Pattern | 'unknown' | undefined {
  if (isMultivalued(key)) return undefined
  if (!known.has(key)) return 'unknown'
  const value = known.get(key) ?? fallback
  return typeof value === 'string' ? literalPattern(value) : undefined
}
