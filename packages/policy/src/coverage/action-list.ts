// The actions that coverage is asked about, found by name and by pattern.
import { isWild, serviceOf } from '../action.ts'
import type { Statement } from '../policy.ts'
import { compilePattern } from '../wildcard.ts'

/** An action as a catalogue describes it. */
export type KnownAction = {
  /** `iam:CreateUser` */
  readonly name: string
  /** None: the action has no resource, and is evaluated on `*`. */
  readonly resourceTypes: readonly {
    /** `arn:${Partition}:iam::${Account}:user/${UserNameWithPath}` */
    readonly type: { readonly arnPattern: string }
    /** Whether a request always has such a resource. */
    readonly required: boolean
  }[]
}

/** Actions, those of a service side by side. */
export type ActionList = {
  readonly actions: readonly KnownAction[]
  /** By prefix in lower case: where its actions stand. */
  readonly services: ReadonlyMap<string, Range>
  /** By full name in lower case. */
  readonly positions: ReadonlyMap<string, number>
  /** Full names in lower case. */
  readonly lowerNames: readonly string[]
}

/** From `start` on, before `end`. */
export type Range = { readonly start: number; readonly end: number }

/** The list of these actions; one that is named twice is listed once. */
export function actionList(actions: readonly KnownAction[]): ActionList {
  const byService = new Map<string, Map<string, KnownAction>>()
  for (const action of actions) {
    const lower = action.name.toLowerCase()
    const service = serviceOf(lower) ?? ''
    const known = byService.get(service) ?? new Map<string, KnownAction>()
    byService.set(service, known.set(lower, action))
  }
  const services = new Map<string, Range>()
  const listed: [lower: string, action: KnownAction][] = []
  for (const [service, known] of byService) {
    services.set(service, { start: listed.length, end: listed.length + known.size })
    listed.push(...known)
  }
  const lowerNames = listed.map(([lower]) => lower)
  return {
    actions: listed.map(([, action]) => action),
    services,
    positions: new Map(lowerNames.map((lower, at) => [lower, at])),
    lowerNames,
  }
}

/** Calls `visit` for the actions that the statement's Action names, or that its NotAction leaves. */
export function forEachAction(
  { element, patterns }: Statement['action'],
  list: ActionList,
  visit: (position: number) => void,
): void {
  const named = new Set<number>()
  for (const pattern of patterns) addNamed(pattern.toLowerCase(), list, named)
  if (element === 'Action') {
    for (const position of named) visit(position)
    return
  }
  for (let position = 0; position < list.actions.length; position++) {
    if (!named.has(position)) visit(position)
  }
}

function addNamed(pattern: string, list: ActionList, named: Set<number>): void {
  const { services, positions, lowerNames } = list
  if (!isWild(pattern)) {
    const position = positions.get(pattern)
    if (position !== undefined) named.add(position)
    return
  }
  const service = serviceOf(pattern)
  const range = service === undefined ? { start: 0, end: lowerNames.length } : services.get(service)
  if (range === undefined) return
  const matches = compilePattern(pattern)
  for (let position = range.start; position < range.end; position++) {
    if (matches(lowerNames[position] ?? '')) named.add(position)
  }
}
