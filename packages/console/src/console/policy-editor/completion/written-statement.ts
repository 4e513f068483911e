// What a statement says so far, as far as completions ask for it.
import type { Catalogue } from '@twinlock/catalogue/browser'
import { matchesPattern, parsePattern } from '@twinlock/policy'
import type { Path, PlacedText } from './place.ts'
import { textsIn } from './place.ts'

export type WrittenStatement = {
  /** As written, with wildcards, of Action and NotAction. */
  readonly actions: readonly string[]
  /** Prefixes in lower case. */
  readonly services: readonly string[]
}

/** The statement's own path, and the path within: `Statement` may be one object or a list. */
export function splitPath(path: Path): { readonly of: Path; readonly within: Path } {
  const depth = path[0] !== 'Statement' ? 0 : typeof path[1] === 'number' ? 2 : 1
  return { of: path.slice(0, depth), within: path.slice(depth) }
}

/** Names that stand in the object of that path. */
export const namesAt = (document: string, path: Path): readonly string[] =>
  textsIn(document)
    .filter(placed => placed.isName && isSame(placed.path, path))
    .map(({ text }) => text)

/** @param of the statement's path */
export function statementAt(document: string, of: Path): WrittenStatement {
  const actions = textsIn(document)
    .filter(placed => isActionOf(placed, of))
    .map(({ text }) => text)
  const services = actions.map(action => action.split(':', 1)[0]?.toLowerCase() ?? '')
  return { actions, services: [...new Set(services)].filter(name => !/[*?]/.test(name)) }
}

function isActionOf({ path, isName }: PlacedText, of: Path): boolean {
  const { of: own, within } = splitPath(path)
  return !isName && isSame(own, of) && (within[0] === 'Action' || within[0] === 'NotAction')
}

const isSame = (a: Path, b: Path) =>
  a.length === b.length && a.every((part, index) => part === b[index])

/** The documented actions that the statement's own mean; none of `*`, which means all. */
export function documentedActions({ actions }: WrittenStatement, catalogue: Catalogue) {
  return actions.flatMap(action => {
    if (!/[*?]/.test(action)) return catalogue.findAction(action) ?? []
    const [service = '', name = ''] = action.toLowerCase().split(':', 2)
    const pattern = parsePattern(name)
    return catalogue
      .actionsOf(service)
      .filter(one => matchesPattern(pattern, one.toLowerCase()))
      .map(one => catalogue.findAction(`${service}:${one}`))
      .filter(one => one !== undefined)
  })
}
