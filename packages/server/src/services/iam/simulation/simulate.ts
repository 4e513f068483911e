// The simulation itself: every action on every resource, a page of actions at a time. Pages count actions; one that would
// become too much ends early, as AWS's do.
import type { EvaluationResult, SimulatePolicyResponse } from '@aws-sdk/client-iam'
import type { ConditionKeys } from '@twinlock/policy'
import { findArn } from '../../../identifiers/arns.ts'
import type { Context } from '../../context.ts'
import type { PageInput } from '../../paging.ts'
import { findMarked, newMarker, pageSize } from '../../paging.ts'
import type { SuppliedKeys } from './context-entries.ts'
import { decide } from './decide.ts'
import type { ResourceDecision } from './evaluation-results.ts'
import { evaluationResult } from './evaluation-results.ts'
import { invalidInput } from './invalid-input.ts'
import type { SimulatedAction } from './simulated-actions.ts'
import { EVERYTHING } from './simulated-actions.ts'
import type { SimulatedCaller } from './simulated-caller.ts'
import { principalFactsOf } from './simulated-caller.ts'
import type { SimulatedPolicies } from './simulated-policies.ts'
import type { Workload } from './workload.ts'
import {
  entriesOf,
  entriesOfNames,
  giveWay,
  isFull,
  isTooLong,
  NO_WORK,
  together,
} from './workload.ts'

type Simulation = {
  readonly policies: SimulatedPolicies
  readonly actions: readonly SimulatedAction[]
  /** ARNs, or `*`; none at all is `*`. */
  readonly resources: readonly string[]
  readonly caller: SimulatedCaller
  /** Those of ContextEntries. */
  readonly supplied: SuppliedKeys
  /** The same, and what the caller tells. */
  readonly keys: ConditionKeys
  /** Characters of the longest of their values. */
  readonly longestValue: number
  /** Who owns resources whose ARN does not say; absent where resources of other accounts are no matter. */
  readonly resourceOwner: string | undefined
}

/**
 * One page of results. The marker of a continuation counts actions, whatever else the request says.
 * @throws AwsError InvalidInput for a marker that we did not give, and for one action that is too much alone
 */
export async function simulate(
  simulation: Simulation,
  page: PageInput,
  context: Context,
): Promise<SimulatePolicyResponse> {
  const { actions } = simulation
  const first = firstAction(page, context)
  const asked = actions.slice(first, first + pageSize(page))
  const results: EvaluationResult[] = []
  let done = NO_WORK
  for (const action of asked) {
    if (isFull(done)) break
    const { result, work } = await simulateAction(simulation, action)
    results.push(result)
    done = together(done, work)
  }
  const next = first + results.length
  if (next >= actions.length) return { EvaluationResults: results, IsTruncated: false }
  const Marker = newMarker(String(next), boundTo(context), context)
  return { EvaluationResults: results, IsTruncated: true, Marker }
}

const boundTo = ({ account }: Context) => `${account}/simulated actions`

function firstAction({ Marker }: PageInput, context: Context): number {
  if (Marker === undefined) return 0
  const marked = findMarked(Marker, boundTo(context), context)
  if (marked === undefined) throw invalidInput('Invalid marker for pagination.')
  return Number(marked)
}

async function simulateAction(
  simulation: Simulation,
  action: SimulatedAction,
): Promise<{ readonly result: EvaluationResult; readonly work: Workload }> {
  const { policies, resources, keys, caller, supplied } = simulation
  const principal = principalFactsOf(caller)
  const missingKeys = policies.keyNames.filter(name => !supplied.has(name.toLowerCase()))
  const ofMissingKeys = entriesOfNames(missingKeys)
  const decided: ResourceDecision[] = []
  let work = NO_WORK
  for (const resource of resources.length === 0 ? [EVERYTHING] : resources) {
    const comparisons = comparisonsOn(resource, simulation)
    if (isFull(work) || isTooLong(comparisons)) throw tooLarge(action)
    const isCrossAccount = isOfAnotherAccount(resource, simulation)
    const decision = decide({ action, resource, isCrossAccount, principal, keys }, policies)
    decided.push({ resource, decision })
    work = together(work, { comparisons, entries: entriesOf(decision, ofMissingKeys) })
    await giveWay()
  }
  const namesResources = resources.some(resource => resource !== EVERYTHING)
  return { result: evaluationResult(decided, { action, namesResources, missingKeys }), work }
}

/** At worst, all of the policies is compared with all of the longest text. */
const comparisonsOn = (resource: string, { policies, longestValue }: Simulation) =>
  policies.characters * Math.max(resource.length, longestValue)

const tooLarge = ({ name }: SimulatedAction) =>
  invalidInput(
    `The simulation of ${name} is too large. Simulate fewer resources, or shorter policies and context values, at a time.`,
  )

function isOfAnotherAccount(resource: string, { resourceOwner, caller }: Simulation): boolean {
  if (resource === EVERYTHING || resourceOwner === undefined) return false
  return (findArn(resource)?.account || resourceOwner) !== caller.account
}
