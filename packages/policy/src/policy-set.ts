// All policies of one layer as one: an index by service and action over their statements, and what
// it said of the actions that were asked for.
import { actionIndex, type ActionIndex } from './action-index.ts'
import type { CompiledPolicy, CompiledStatement } from './compile.ts'

/**
 * Policies that speak together: those of a user and its groups, of one level of an organization, of
 * a session. Make it once per list of policies and keep it.
 */
export type PolicySet = {
  readonly policies: readonly CompiledPolicy[]
  /** The statements that are about the action, by effect; `action` in any letter case. */
  readonly statementsFor: (action: string) => ActionStatements
}

/** In the order of the policies and of their documents. */
export type ActionStatements = {
  readonly Allow: readonly CompiledStatement[]
  readonly Deny: readonly CompiledStatement[]
}

/**
 * Actions kept in each of two generations. Callers ask for the actions that they serve; one who
 * asks for made-up ones must fill no memory, and must not push out what others ask for.
 */
const GENERATION = 256

/** As long as an action's name can be in AWS's own APIs. */
const LONGEST_KEPT = 128

/** The set of these policies; none at all is a set that allows nothing. */
export function policySet(policies: readonly CompiledPolicy[]): PolicySet {
  let index: ActionIndex | undefined
  let young = new Map<string, ActionStatements>()
  let old = new Map<string, ActionStatements>()

  const find = (action: string): ActionStatements => {
    index ??= actionIndex(policies.flatMap(({ statements }) => statements))
    return byEffect(index(action.toLowerCase()))
  }

  /** What is asked for again moves to the young generation; what is not, goes with the old one. */
  const remember = (action: string, found: ActionStatements) => {
    if (young.size >= GENERATION) {
      old = young
      young = new Map()
    }
    young.set(action, found)
    return found
  }

  return {
    policies,
    statementsFor(action) {
      const known = young.get(action)
      if (known !== undefined) return known
      if (action.length > LONGEST_KEPT) return find(action)
      return remember(action, old.get(action) ?? find(action))
    },
  }
}

const NONE: ActionStatements = { Allow: [], Deny: [] }

function byEffect(statements: ReturnType<ActionIndex>): ActionStatements {
  if (statements.length === 0) return NONE
  const of = (effect: 'Allow' | 'Deny') =>
    statements.filter(({ Effect }) => Effect === effect).map(({ compiled }) => compiled())
  return { Allow: of('Allow'), Deny: of('Deny') }
}
