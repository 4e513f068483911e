// All layers of a principal together, as sets of targets: what some Allow of every layer may give
// and no Deny surely takes away.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import { MFA_STATES } from '../mfa-states.ts'
import {
  addAll,
  addBit,
  allBits,
  type Bits,
  forEachBit,
  hasBit,
  keepAll,
  noBits,
  removeAll,
} from './bits.ts'
import {
  ALWAYS,
  DEPENDS,
  type Grade,
  inStates,
  NEVER,
  type PackedReach,
  withGrade,
} from './reach.ts'
import {
  holdsMeeting,
  type Region,
  regionsIn,
  regionsMayMeet,
  type ResourceKind,
} from './resource-set.ts'
import type { StatementReach } from './statement-reach.ts'
import type { Targets } from './targets.ts'

/** The statements that bind a principal. */
export type CombinedLayers = {
  /** Of each layer that has to allow: its Allows. The root user's own policies are none of them. */
  readonly allows: readonly (readonly StatementReach[])[]
  /** The Denies of all layers. */
  readonly denies: readonly StatementReach[]
}

/** Layers with the same key come to the same: each statement once, in whatever order. */
export function keyOf({ allows, denies }: CombinedLayers): string {
  const idsOf = (statements: readonly StatementReach[]) =>
    [...new Set(statements.map(({ id }) => id))].sort((a, b) => a - b).join(',')
  return [denies, ...allows].map(idsOf).join('|')
}

/** The reach of every action, by its position. */
export function reachOfActions(
  layers: CombinedLayers,
  actionCount: number,
  targets: Targets,
): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(actionCount)
  for (const states of alikeStates(layers)) {
    const reached = targetsReached(layers, states[0] ?? 0, targets)
    const inThese = ([NEVER, DEPENDS, ALWAYS] as const).map(grade =>
      states.reduce((reach, state) => withGrade(reach, state, grade), 0),
    )
    for (let action = 0; action < actionCount; action++) {
      const grade = gradeOfAction(action, reached, targets)
      if (grade !== NEVER) packed[action] = (packed[action] ?? 0) | (inThese[grade] ?? 0)
    }
  }
  return packed
}

/** The states, those together in which every statement holds alike: the whole is alike too. */
function alikeStates({ allows, denies }: CombinedLayers): readonly (readonly number[])[] {
  const statements = [denies, ...allows].flat()
  const alike = new Map<string, number[]>()
  for (const state of MFA_STATES.keys()) {
    const key = statements.map(({ holds }) => holds[state]).join()
    alike.set(key, [...(alike.get(key) ?? []), state])
  }
  return [...alike.values()]
}

/** An action is always reached if all of its targets are, and at times if one is. */
function gradeOfAction(
  action: number,
  { may, always }: TargetsReached,
  { firstOf }: Targets,
): Grade {
  const end = firstOf[action + 1] ?? 0
  let reached = 0
  let everywhere = true
  for (let target = firstOf[action] ?? 0; target < end; target++) {
    if (hasBit(may, target)) reached++
    if (!hasBit(always, target)) everywhere = false
  }
  if (reached === 0) return NEVER
  return everywhere ? ALWAYS : DEPENDS
}

/** In one state: what may be reached, and what surely is. */
type TargetsReached = { readonly may: Bits; readonly always: Bits }

function targetsReached(layers: CombinedLayers, state: number, targets: Targets): TargetsReached {
  const { count } = targets
  const inForce = layersInForce(layers, state)
  const may = allBits(count)
  const always = allBits(count)
  // Where two layers each allow a part, the parts may have nothing in common.
  const inPart = noBits(count)
  const inParts = noBits(count)

  for (const allows of inForce.allows) {
    const some = unionOf(allows, 'some', count)
    const all = unionOf(allows, 'all', count)
    keepAll(may, some)
    keepAll(always, unionOf(allows.filter(isCertain(state)), 'all', count))
    removeAll(some, all)
    const both = some.slice()
    keepAll(both, inPart)
    addAll(inParts, both)
    addAll(inPart, some)
  }

  const sure = inForce.denies.filter(isCertain(state))
  const taken = unionOf(sure, 'all', count)
  const takenInPart = unionOf(sure, 'some', count)
  removeAll(may, taken)
  removeAll(always, unionOf(inForce.denies, 'some', count))

  // A Deny of a part may take all that an Allow of a part has given.
  const unclear = takenInPart
  addAll(unclear, inParts)
  keepAll(unclear, may)
  removeAll(unclear, always)
  removeAll(may, takenByParts({ allows: inForce.allows, denies: sure }, unclear, targets))
  return { may, always }
}

const isCertain =
  (state: number) =>
  ({ holds }: StatementReach): boolean =>
    holds[state] === 'yes'

function layersInForce({ allows, denies }: CombinedLayers, state: number): CombinedLayers {
  const mayHold = ({ holds }: StatementReach) => holds[state] !== 'no'
  return { allows: allows.map(layer => layer.filter(mayHold)), denies: denies.filter(mayHold) }
}

function unionOf(
  statements: readonly StatementReach[],
  extent: 'some' | 'all',
  count: number,
): Bits {
  const union = noBits(count)
  for (const statement of statements) addAll(union, statement[extent])
  return union
}

/** Those of the targets of which the Denies, which surely hold, leave no part that every layer allows. */
function takenByParts(
  layers: CombinedLayers,
  unclear: Bits,
  { count, kindOf, kinds }: Targets,
): Bits {
  const taken = noBits(count)
  const statements = [layers.denies, ...layers.allows].flat()
  const classOf = classesOf(unclear, statements, kindOf, kinds.length)
  const reached = new Map<number, boolean>()
  forEachBit(unclear, target => {
    const its = classOf(target)
    let isReached = reached.get(its)
    if (isReached === undefined) {
      const kind = kinds[kindOf[target] ?? 0]?.anywhere ?? 'none'
      reached.set(its, (isReached = leavesAPart(statementsAbout(layers, target), kind)))
    }
    if (!isReached) addBit(taken, target)
  })
  return taken
}

/**
 * Numbers the targets so that two have the same number if they are of one kind and the same
 * statements are about them: what holds of one holds of the other.
 */
function classesOf(
  unclear: Bits,
  statements: readonly StatementReach[],
  kindOf: Int32Array,
  kindCount: number,
): (target: number) => number {
  const classes = kindOf.slice()
  let classCount = kindCount
  for (const { some } of statements) {
    const split = new Int32Array(2 * classCount).fill(-1)
    classCount = 0
    forEachBit(unclear, target => {
      const half = 2 * (classes[target] ?? 0) + (hasBit(some, target) ? 1 : 0)
      if (split[half] === -1) split[half] = classCount++
      classes[target] = split[half] ?? 0
    })
  }
  return target => classes[target] ?? 0
}

function statementsAbout({ allows, denies }: CombinedLayers, target: number): CombinedLayers {
  const isAbout = ({ some }: StatementReach) => hasBit(some, target)
  return { allows: allows.map(layer => layer.filter(isAbout)), denies: denies.filter(isAbout) }
}

/**
 * Whether a part of the first layer's is allowed by each of the others and not taken away. Where the
 * authors of policies have written more pairs of parts than anybody needs, it is said to be.
 */
function leavesAPart({ allows, denies }: CombinedLayers, kind: ResourceKind): boolean {
  const isTaken = (...regions: Region[]) =>
    denies.some(({ resources }) => holdsMeeting(resources, kind, regions))
  const regionsOf = (layer: readonly StatementReach[]) =>
    layer.flatMap(({ resources }) => regionsIn(resources, kind))
  const [first = ['everything' as const], ...others] = allows.map(regionsOf)
  if (first.length * Math.max(1, others.flat().length) > MOST_PAIRS) return true
  return first.some(
    part =>
      !isTaken(part) &&
      others.every(layer =>
        layer.some(other => regionsMayMeet(part, other) && !isTaken(part, other)),
      ),
  )
}

const MOST_PAIRS = 10_000

/**
 * The reach of one resource, such as a role that is to be assumed.
 * @param extentOf how much of the resource a statement is about; it knows the action
 */
export function reachOfResource(
  { allows, denies }: CombinedLayers,
  extentOf: (statement: StatementReach) => 'none' | 'some' | 'all',
): PackedReach {
  return inStates(state => {
    const gradeOf = (statement: StatementReach): Grade => {
      const extent = extentOf(statement)
      const held = statement.holds[state]
      if (extent === 'none' || held === 'no') return NEVER
      return extent === 'all' && held === 'yes' ? ALWAYS : DEPENDS
    }
    const best = (layer: readonly StatementReach[]) => Math.max(NEVER, ...layer.map(gradeOf))
    const denied = best(denies)
    const allowed = Math.min(ALWAYS, ...allows.map(best))
    return (denied === ALWAYS ? NEVER : Math.min(allowed, ALWAYS - denied)) as Grade
  })
}
