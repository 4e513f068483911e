// What a principal reaches by assuming roles, one after another, and how it gets there.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
import { MFA_STATES } from '../mfa-states.ts'
import {
  ALWAYS,
  betterOf,
  DEPENDS,
  type Grade,
  gradeIn,
  inStates,
  NEVER,
  type PackedReach,
  worseOf,
} from './reach.ts'

/** Roles by number: which of them a caller, or a session of each, can assume. */
export type RoleGraph = {
  /** By role: the roles that its sessions can assume. */
  readonly next: readonly (readonly RoleReach[])[]
}

export type RoleReach = { readonly role: number; readonly reach: PackedReach }

/** A role that can be assumed, in the states of the one who begins. */
export type ChainedRole = RoleReach & {
  /** The roles that have to be assumed before, in order; none if it is assumed directly. */
  readonly through: readonly number[]
}

/**
 * All roles that can be assumed, directly or through others.
 * @param direct those that the one who begins can assume with its own credentials
 */
export function chainedRoles(
  direct: readonly RoleReach[],
  { next }: RoleGraph,
): readonly ChainedRole[] {
  const found = new Map<number, ChainedRole>()
  const waiting: ChainedRole[] = []
  const add = (role: number, reach: PackedReach, through: readonly number[]) => {
    const before = found.get(role)
    const better = betterOf(before?.reach ?? 0, reach)
    if (better === (before?.reach ?? 0)) return
    const chained = { role, reach: better, through: before?.through ?? through }
    found.set(role, chained)
    waiting.push(chained)
  }
  for (const { role, reach } of direct) add(role, reach, [])
  // Every round makes some role's reach better, and a reach has few grades: this comes to an end.
  for (let from = waiting.shift(); from !== undefined; from = waiting.shift()) {
    for (const { role, reach } of next[from.role] ?? []) {
      add(role, worseOf(from.reach, asSessionOf(reach)), [...from.through, from.role])
    }
  }
  return [...found.values()].sort((a, b) => a.role - b.role)
}

const LONG_TERM_KEY = MFA_STATES.indexOf('longTermKey')
const NO_MFA_SESSION = MFA_STATES.indexOf('noMfaSession')

/**
 * The reach of a role's session, in the states of the one who assumed it. AWS does not promise
 * whether a session says that there was no MFA, says nothing, or says what its maker's did: the
 * session reaches what any of these reaches, and always only what all of them do.
 */
export function asSessionOf(reach: PackedReach): PackedReach {
  return AS_SESSION[reach] ?? 0
}

/** By the role's packed reach. */
const AS_SESSION = Uint8Array.from({ length: 256 }, (_, reach) =>
  inStates(state => {
    const grades = [LONG_TERM_KEY, NO_MFA_SESSION, state].map(each => gradeIn(reach, each))
    if (grades.every(grade => grade === NEVER)) return NEVER
    return grades.every(grade => grade === ALWAYS) ? ALWAYS : DEPENDS
  }),
)

/** What the sessions of the roles reach: of each, what its own credentials do, if it is assumed. */
export function reachOfSessions(
  chains: readonly ChainedRole[],
  packedOfRoles: readonly Uint8Array[],
  actionCount: number,
): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(actionCount)
  for (const { role, reach: assumed } of chains) {
    const ofRole = packedOfRoles[role]
    if (ofRole === undefined) continue
    const asRole = Uint8Array.from({ length: 256 }, (_, reach) =>
      worseOf(assumed, asSessionOf(reach)),
    )
    addReach(packed, ofRole, reach => asRole[reach] ?? 0)
  }
  return packed
}

/** `target` becomes the better of both, action by action. */
export function addReach(
  target: Uint8Array,
  source: Uint8Array,
  as: (reach: PackedReach) => PackedReach = reach => reach,
): void {
  for (let action = 0; action < target.length; action++) {
    const added = source[action] ?? 0
    if (added !== 0) target[action] = betterOf(target[action] ?? 0, as(added))
  }
}

/** No better than `depends`. */
export function atTimes(reach: PackedReach): PackedReach {
  return worseOf(
    reach,
    inStates((): Grade => DEPENDS),
  )
}
