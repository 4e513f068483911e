// One statement against all targets: whether its conditions hold in each state of MFA, and what it
// is about. Statements recur in an account, word for word, so what was found is kept.
import type { ActionMatcher } from '../action.ts'
import type { CompiledPolicy, CompiledStatement, PolicyStatement } from '../compile.ts'
import type { Policy, Statement } from '../policy.ts'
import { variablesIn } from '../variables.ts'
import { type ActionList, forEachAction } from './action-list.ts'
import { addBit, type Bits, hasBit, noBits, setBit } from './bits.ts'
import { certainties, type Certainty } from './certainty.ts'
import { type KnownKeys, partialRequest } from './known-keys.ts'
import { memory } from '../memory.ts'
import {
  type Extent,
  extentIn,
  isEverything,
  type ResourceSet,
  resourceSet,
  servicesIn,
} from './resource-set.ts'
import type { Targets } from './targets.ts'

/** A statement, as far as it matters for coverage. */
export type StatementReach = {
  /** The same for statements of the same effect in the eyes of coverage. */
  readonly id: number
  readonly Effect: Statement['Effect']
  readonly action: ActionMatcher
  readonly resources: ResourceSet
  /** In each of `MFA_STATES`. */
  readonly holds: readonly Certainty[]
  /** Targets that it may be about, by resource. */
  readonly some: Bits
  /**
   * Targets that it is surely about: of a Deny whatever the resource, of an Allow whatever the
   * resource in the principal's own account. The same object as `some` where both are the same.
   */
  readonly all: Bits
}

/** What was found, by text and by the known keys that the text refers to. */
export type StatementReaches = (
  statement: PolicyStatement,
  policy: CompiledPolicy['policy'],
  known: KnownKeys,
) => StatementReach

/** As many as are kept: each takes some kilobytes. */
const KEPT = 1024

/** Looks statements up, or at them. */
export function statementReaches(
  list: ActionList,
  targets: Targets,
  options: { readonly staleSeconds?: number },
): StatementReaches {
  const found = memory<StatementReach>(KEPT)
  const texts = new WeakMap<PolicyStatement, StatementText>()
  const ofActions = memory<Bits>(KEPT)
  let nextId = 0

  return (statement, policy, known) => {
    const compiled = statement.compiled()
    let text = texts.get(statement)
    if (text === undefined) texts.set(statement, (text = textOf(compiled.statement, policy)))
    return found(textWith(text, known), () => lookAt(compiled, statement.action, policy, known))
  }

  function lookAt(
    { statement, conditions }: CompiledStatement,
    action: ActionMatcher,
    policy: Policy,
    known: KnownKeys,
  ): StatementReach {
    const holds = certainties(conditions, partialRequest(known, options))
    const resources = resourceSet(statement.resource, policy, known)
    const { Effect } = statement
    return { id: nextId++, Effect, action, resources, holds, ...aboutTargets(statement, resources) }
  }

  /** The targets of the statement's actions; the next statement is often about the same. */
  function targetsOfActions(action: Statement['action']): Bits {
    return ofActions(JSON.stringify(action), () => {
      const bits = noBits(targets.count)
      forEachAction(action, list, position => {
        const end = targets.firstOf[position + 1] ?? 0
        for (let at = targets.firstOf[position] ?? 0; at < end; at++) addBit(bits, at)
      })
      return bits
    })
  }

  function aboutTargets(
    { Effect, action }: Statement,
    resources: ResourceSet,
  ): Pick<StatementReach, 'some' | 'all'> {
    const about = targetsOfActions(action)
    if (isEverything(resources)) return { some: about, all: about }
    const some = resources.negated ? about.slice() : noBits(targets.count)
    const all = some.slice()
    const extentOf = extents(Effect, resources, targets)
    forEachTargetOf(servicesIn(resources), targets, target => {
      if (!hasBit(about, target)) return
      const extent = extentOf(targets.kindOf[target] ?? 0)
      setBit(some, target, extent !== 'none')
      setBit(all, target, extent === 'all')
    })
    return { some, all }
  }
}

/** Calls `visit` for the targets on resources of these services, or of all. */
function forEachTargetOf(
  services: ReadonlySet<string> | undefined,
  { count, ofService, ofAnyService }: Targets,
  visit: (target: number) => void,
): void {
  if (services === undefined) {
    for (let target = 0; target < count; target++) visit(target)
    return
  }
  for (const service of services) for (const target of ofService.get(service) ?? []) visit(target)
  for (const target of ofAnyService) visit(target)
}

/** How much of a kind the statement is about: an Allow has given all when it has given all of one's own. */
function extents(
  effect: Statement['Effect'],
  resources: ResourceSet,
  { kinds }: Targets,
): (kind: number) => Extent {
  const known: (Extent | undefined)[] = []
  return at => {
    const before = known[at]
    const kind = kinds[at]
    if (before !== undefined || kind === undefined) return before ?? 'some'
    const anywhere = extentIn(resources, kind.anywhere)
    const extent =
      effect === 'Allow' && anywhere === 'some' && extentIn(resources, kind.own) === 'all'
        ? 'all'
        : anywhere
    known[at] = extent
    return extent
  }
}

/** What a statement says, but for its place and its name; and the keys that it refers to. */
type StatementText = { readonly text: string; readonly keys: readonly string[] }

function textOf(statement: Statement, { kind, Version }: Policy): StatementText {
  const { Effect, action, resource, conditions } = statement
  const values = conditions.flatMap(condition => condition.values)
  const patterns = (resource?.patterns ?? []).filter(pattern => pattern !== null)
  const keys = [
    ...conditions.map(({ key }) => key),
    ...[...values, ...patterns].flatMap(text => (text.includes('${') ? variablesIn(text) : [])),
  ]
  return {
    text: JSON.stringify([kind, Version, Effect, action, resource, conditions]),
    keys: [...new Set(keys.map(key => key.toLowerCase()))],
  }
}

/** A statement that refers to `aws:username` is another one for every user. */
function textWith({ text, keys }: StatementText, known: KnownKeys): string {
  if (keys.length === 0) return text
  const values = keys.map(key => (known.has(key) ? [known.get(key) ?? null] : []))
  return `${text}${JSON.stringify(values)}`
}
