// Resources: the ARNs on which a statement's actions happen, with blanks to fill in.
import type { Catalogue } from '@twinlock/catalogue/browser'
import type { Completion } from './completion.ts'
import type { WrittenStatement } from './written-statement.ts'
import { documentedActions } from './written-statement.ts'

/** More than that nobody reads through: a statement about a whole large service. */
const MOST_PATTERNS = 200

/** @param account this one, for resources of an account */
export function resourceCompletions(
  statement: WrittenStatement,
  catalogue: Catalogue | undefined,
  account: string | undefined,
): readonly Completion[] {
  const actions = catalogue ? documentedActions(statement, catalogue) : []
  const types = new Map(
    actions
      .flatMap(({ resourceTypes }) => resourceTypes)
      .map(({ type }) => [type.arnPattern, type.name]),
  )
  const patterns = [...types].slice(0, MOST_PATTERNS)
  return [
    { text: '*', note: 'all resources', rank: 1 },
    ...patterns.map(([pattern, name]) => arnCompletion(pattern, name, account)),
  ]
}

/** `${…}` would be a policy variable, so what is to be filled in stands as a plain word. */
function arnCompletion(pattern: string, name: string, account: string | undefined): Completion {
  const own = pattern
    .replace('${Partition}', 'aws')
    .replace('${Account}', account ?? '${Account}')
    .replace('${Region}', '*')
  const blanks = Array.from(own.matchAll(/\$\{(\w+)\}/g), ([, blank = '']) => blank)
  return { text: own.replace(/\$\{(\w+)\}/g, '$1'), note: name, blanks }
}
