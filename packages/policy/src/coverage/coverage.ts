// Coverage: which actions a principal can reach without MFA, with MFA, or only with fresh MFA, over a
// whole catalogue of actions and without a request. Everything that is not known beforehand (most
// condition keys, which resource) may be anything, so what these policies give is never understated.
import { type ActionCoverage, dependences } from './action-coverage.ts'
import { type ActionList, actionList, type KnownAction } from './action-list.ts'
import { type CombinedLayers, keyOf, reachOfActions } from './combined-layers.ts'
import { combinedLayers, type CoveragePrincipal, keysOf } from './covered-principal.ts'
import { type MfaNeed, needOf, type PackedReach, reachByState } from './reach.ts'
import { afterServiceRules, type Caller } from './service-rules.ts'
import { memory, type Memory } from '../memory.ts'
import { type StatementReaches, statementReaches } from './statement-reach.ts'
import { actionsThatNeed, type CoverageSummary, summaryOf } from './summary.ts'
import { type Home, type Targets, targetsOf } from './targets.ts'

export type CoverageOptions = {
  /** How old a stale MFA is. Default: 43,200, the default duration of a session. */
  readonly staleSeconds?: number
}

/** What a principal reaches. Principals who reach the same share a summary. */
export type Coverage = {
  readonly summary: CoverageSummary
  /** The actions of a class; `iam:*` stands for a service of which all actions are, `*` for all. */
  readonly actions: (need: MfaNeed) => readonly string[]
  /** One action in any letter case, or undefined if the catalogue does not have it. */
  readonly find: (action: string) => ActionCoverage | undefined
}

/** Where the principals of one account are looked at. */
export type CoverageOfHome = {
  readonly targets: Targets
  readonly reachOf: StatementReaches
  /** By what binds a principal: what it comes to. */
  readonly reached: Memory<Uint8Array<ArrayBuffer>>
}

/** A catalogue made ready for coverage, with everything that was found so far. */
export type PreparedActions = {
  readonly list: ActionList
  readonly options: CoverageOptions
  readonly homeOf: (principal: CoveragePrincipal) => CoverageOfHome
}

/** As many reaches as are kept, of some 20 kB each. */
const KEPT = 1024

/**
 * The actions made ready to be asked about many principals: what is found about a statement or about
 * a set of policies is kept for the next one.
 */
export function prepareActions(
  actions: readonly KnownAction[],
  options: CoverageOptions = {},
): PreparedActions {
  const list = actionList(actions)
  const homes = new Map<string, CoverageOfHome>()
  return {
    list,
    options,
    homeOf({ principal }) {
      const home = { partition: partitionOf(principal.arns), account: principal.account }
      const key = `${home.partition}:${home.account}`
      const known = homes.get(key) ?? coverageOfHome(list, home, options)
      homes.set(key, known)
      return known
    },
  }
}

function partitionOf([arn = '']: readonly string[]): string {
  return arn.split(':')[1] ?? 'aws'
}

function coverageOfHome(list: ActionList, home: Home, options: CoverageOptions): CoverageOfHome {
  const targets = targetsOf(list, home)
  return { targets, reachOf: statementReaches(list, targets, options), reached: memory(KEPT) }
}

/** What the principal reaches with its own credentials. */
export function coverageOf(principal: CoveragePrincipal, prepared: PreparedActions): Coverage {
  return describe(packedReach(principal, prepared), principal, prepared)
}

/** The reach of every action, by its position; shared by all principals whose reach is the same. */
export function packedReach(
  covered: CoveragePrincipal,
  prepared: PreparedActions,
): Uint8Array<ArrayBuffer> {
  const { targets, reachOf, reached } = prepared.homeOf(covered)
  const layers = combinedLayers(covered, keysOf(covered), reachOf)
  const caller = { kind: covered.principal.kind, maySignIn: covered.signsIn !== false }
  const key = `${caller.kind},${caller.maySignIn}:${keyOf(layers)}`
  return reached(key, () => reachAfterRules(layers, caller, prepared.list, targets))
}

function reachAfterRules(
  layers: CombinedLayers,
  caller: Caller,
  { actions, lowerNames, services }: ActionList,
  targets: Targets,
): Uint8Array<ArrayBuffer> {
  const packed = reachOfActions(layers, actions.length, targets)
  for (const service of ['iam', 'sts']) {
    const { start, end } = services.get(service) ?? { start: 0, end: 0 }
    for (let at = start; at < end; at++) {
      packed[at] = afterServiceRules(lowerNames[at] ?? '', packed[at] ?? 0, caller)
    }
  }
  return packed
}

const summaries = new WeakMap<Uint8Array, CoverageSummary>()

/** A reach in words. */
export function describe(
  packed: Uint8Array,
  covered: CoveragePrincipal,
  { list }: PreparedActions,
): Coverage {
  return {
    get summary() {
      const known = summaries.get(packed) ?? summaryOf(packed, list)
      summaries.set(packed, known)
      return known
    },
    actions: need => actionsThatNeed(need, packed, list),
    find(action) {
      const position = list.positions.get(action.toLowerCase())
      const known = position === undefined ? undefined : list.actions[position]
      if (position === undefined || known === undefined) return undefined
      return actionCoverage(known.name, packed[position] ?? 0, covered)
    },
  }
}

function actionCoverage(
  action: string,
  packed: PackedReach,
  covered: CoveragePrincipal,
): ActionCoverage {
  const reach = reachByState(packed)
  const depends = Object.values(reach).includes('depends')
  return {
    action,
    need: needOf(packed),
    reach,
    dependsOn: depends ? dependences(action, covered) : [],
  }
}
