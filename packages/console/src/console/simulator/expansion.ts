// What is asked about: the actions as they were entered, wildcards expanded to all documented actions that they match.
import { matchesPattern, parsePattern } from '@twinlock/policy'
import type { Catalogue } from '../policy-editor/catalogue.ts'
import { OWN_ACTIONS } from '../policy-editor/completion/own-actions.ts'

export type Expansion = {
  /** Each once, as AWS writes them. */
  readonly actions: readonly string[]
  /** Among them, those that nobody documents: asked about as they are. */
  readonly undocumented: readonly string[]
  /** Wildcards that match no documented action. */
  readonly unmatched: readonly string[]
  readonly malformed: readonly string[]
}

const ACTION = /^[\w-]+:\w+$/
const PATTERN = /^(?:\*|[\w*?-]+:[\w*?]+)$/

/** Every documented action by its full name, and this service's own. */
export const allActions = (catalogue: Catalogue): readonly string[] => [
  ...catalogue.services.flatMap(service =>
    catalogue.actionsOf(service).map(name => `${service}:${name}`),
  ),
  ...OWN_ACTIONS,
]

/** @param known what `allActions` answers */
export function expand(words: readonly string[], known: readonly string[]): Expansion {
  const documented = new Map(known.map(name => [name.toLowerCase(), name]))
  const plain = words.filter(word => ACTION.test(word))
  const patterns = words.filter(word => !ACTION.test(word) && PATTERN.test(word))
  const matched = patterns.map(pattern => ({ pattern, actions: matching(pattern, documented) }))
  const actions = words.flatMap(word => {
    const expanded = matched.find(({ pattern }) => pattern === word)?.actions
    if (expanded !== undefined) return expanded
    return ACTION.test(word) ? [documented.get(word.toLowerCase()) ?? word] : []
  })
  return {
    actions: [...new Set(actions)],
    undocumented: plain.filter(word => !documented.has(word.toLowerCase())),
    unmatched: matched.filter(one => one.actions.length === 0).map(({ pattern }) => pattern),
    malformed: words.filter(word => !ACTION.test(word) && !PATTERN.test(word)),
  }
}

/** Actions compare without case, as in policies. A lone `*` is all. */
function matching(pattern: string, documented: ReadonlyMap<string, string>): readonly string[] {
  const parsed = parsePattern(pattern.toLowerCase())
  return [...documented].filter(([name]) => matchesPattern(parsed, name)).map(([, name]) => name)
}
