// Finds the statements that are about an action without looking at those of other services and
// other actions, so that a decision costs as much among three hundred policies as among three.
import type { PolicyStatement } from './compile.ts'
import { isWild, serviceOf } from './action.ts'

/** The statements about an action (in lower case), in the order of their policies and documents. */
export type ActionIndex = (lowerAction: string) => readonly PolicyStatement[]

/** A statement and its place in that order. */
type Entry = { readonly statement: PolicyStatement; readonly place: number }

/** A statement stands under every service that its Action names, and under none if it may be about any. */
export function actionIndex(statements: readonly PolicyStatement[]): ActionIndex {
  const ofAnyService: Entry[] = []
  const services = new Map<string, Entry[]>()
  for (const [place, statement] of statements.entries()) {
    const named = servicesOf(statement)
    if (named === undefined) ofAnyService.push({ statement, place })
    else for (const service of named) listIn(services, service).push({ statement, place })
  }
  const indexes = new Map<string, (lowerAction: string) => readonly Entry[]>()
  return lowerAction => {
    const service = serviceOf(lowerAction) ?? ''
    const entries = services.get(service)
    if (entries === undefined) return about(lowerAction, ofAnyService)
    let find = indexes.get(service)
    if (find === undefined) indexes.set(service, (find = serviceIndex(service, entries)))
    return about(lowerAction, [...find(lowerAction), ...ofAnyService])
  }
}

/** Within a service: those that name the action, and those with a wildcard. */
function serviceIndex(service: string, entries: readonly Entry[]) {
  const wild: Entry[] = []
  const named = new Map<string, Entry[]>()
  for (const entry of entries) {
    const patterns = entry.statement.action.patterns ?? []
    const ofService = patterns.filter(pattern => serviceOf(pattern) === service)
    if (ofService.some(isWild)) wild.push(entry)
    else for (const pattern of new Set(ofService)) listIn(named, pattern).push(entry)
  }
  return (lowerAction: string) => {
    const exact = named.get(lowerAction)
    return exact === undefined ? wild : [...exact, ...wild]
  }
}

function about(lowerAction: string, entries: readonly Entry[]): readonly PolicyStatement[] {
  return entries
    .filter(({ statement }) => statement.action.matches(lowerAction))
    .toSorted((one, other) => one.place - other.place)
    .map(({ statement }) => statement)
}

function servicesOf({ action: { patterns } }: PolicyStatement): ReadonlySet<string> | undefined {
  if (patterns === undefined) return undefined
  const services = new Set<string>()
  for (const pattern of patterns) {
    const service = serviceOf(pattern)
    if (service === undefined) return undefined
    services.add(service)
  }
  return services
}

function listIn(lists: Map<string, Entry[]>, key: string): Entry[] {
  let list = lists.get(key)
  if (list === undefined) lists.set(key, (list = []))
  return list
}
