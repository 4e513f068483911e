// All policies of one layer as one: an index by service and action over their statements, and what
// it said of the actions that were asked for.
import { actionIndex, type ActionIndex } from './action-index.ts'
import type { CompiledPolicy, CompiledStatement } from './compile.ts'
import { memory } from './memory.ts'

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
 * Actions kept in each half of the memory. Callers ask for the actions that they serve; one who
 * asks for made-up ones must fill no memory, and must not push out what others ask for.
 */
const KEPT_ACTIONS = 256

/** As long as an action's name can be in AWS's own APIs. */
const LONGEST_KEPT = 128

/** The set of these policies; none at all is a set that allows nothing. */
export function policySet(policies: readonly CompiledPolicy[]): PolicySet {
  let index: ActionIndex | undefined
  const known = memory<ActionStatements>(KEPT_ACTIONS)

  const find = (action: string): ActionStatements => {
    index ??= actionIndex(policies.flatMap(({ statements }) => statements))
    return byEffect(index(action.toLowerCase()))
  }

  return {
    policies,
    statementsFor: action => (action.length > LONGEST_KEPT ? find(action) : known(action, find)),
  }
}

const NONE: ActionStatements = { Allow: [], Deny: [] }

function byEffect(statements: ReturnType<ActionIndex>): ActionStatements {
  if (statements.length === 0) return NONE
  const of = (effect: 'Allow' | 'Deny') =>
    statements.filter(({ Effect }) => Effect === effect).map(({ compiled }) => compiled())
  return { Allow: of('Allow'), Deny: of('Deny') }
}
