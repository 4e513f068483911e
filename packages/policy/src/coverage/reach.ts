// What a principal can reach in each of the four states of MFA, and what that says of an action.
import { MFA_STATES, type MfaState } from '../mfa-states.ts'

/**
 * Whether an action can be reached.
 * - `always`: on every resource of the principal's account that the action is about, whatever else
 *   the request says.
 * - `depends`: on the resource, or on condition keys that nobody knows beforehand.
 * - `never`: on no resource, whatever the request says.
 */
export type Reach = 'never' | 'depends' | 'always'

/** The reach of one action, state by state. */
export type ReachByState = Readonly<Record<MfaState, Reach>>

/**
 * What MFA means for an action.
 * - `withoutMfa`: a long-term key or a session without MFA reaches it.
 * - `withMfa`: only with MFA, however old.
 * - `withFreshMfa`: only with MFA that is not stale.
 * - `never`: in no state.
 */
export type MfaNeed = 'withoutMfa' | 'withMfa' | 'withFreshMfa' | 'never'

/** All of them, from the weakest demand to the strongest. */
export const MFA_NEEDS: readonly MfaNeed[] = ['withoutMfa', 'withMfa', 'withFreshMfa', 'never']

/** Grades by their number, the better the higher; two bits hold one. */
const GRADES: readonly Reach[] = ['never', 'depends', 'always']
export const NEVER = 0
export const DEPENDS = 1
export const ALWAYS = 2
export type Grade = typeof NEVER | typeof DEPENDS | typeof ALWAYS

/** The grades of one action in all states, two bits each: a byte. */
export type PackedReach = number

/** The grade `depends` in every state, which is the lower of the two bits, and `always`, the higher. */
const ALL_DEPENDS = 0b01010101
const ALL_ALWAYS = 0b10101010

/** The grade in the state at that place of `MFA_STATES`. */
export function gradeIn(packed: PackedReach, state: number): Grade {
  return ((packed >>> (2 * state)) & 3) as Grade
}

/** The same grades, but for that one state. */
export function withGrade(packed: PackedReach, state: number, grade: Grade): PackedReach {
  return (packed & ~(3 << (2 * state))) | (grade << (2 * state))
}

/** The better grade of both, state by state. */
export function betterOf(a: PackedReach, b: PackedReach): PackedReach {
  const always = (a | b) & ALL_ALWAYS
  return always | ((a | b) & ALL_DEPENDS & ~(always >>> 1))
}

/** The worse grade of both, state by state. */
export function worseOf(a: PackedReach, b: PackedReach): PackedReach {
  const always = a & b & ALL_ALWAYS
  const neitherNever = (a | (a >>> 1)) & (b | (b >>> 1)) & ALL_DEPENDS
  return always | (neitherNever & ~(always >>> 1))
}

/** The grades that the function gives to the places of `MFA_STATES`. */
export function inStates(gradeOf: (state: number) => Grade): PackedReach {
  let packed = 0
  for (let state = 0; state < MFA_STATES.length; state++) {
    packed = withGrade(packed, state, gradeOf(state))
  }
  return packed
}

/** Every state is of the same grade. */
export function inEveryState(grade: Grade): PackedReach {
  return inStates(() => grade)
}

/** The grades by the names of the states. */
export function reachByState(packed: PackedReach): ReachByState {
  const reachIn = (state: MfaState) => GRADES[gradeIn(packed, MFA_STATES.indexOf(state))] ?? 'never'
  return {
    longTermKey: reachIn('longTermKey'),
    noMfaSession: reachIn('noMfaSession'),
    freshMfa: reachIn('freshMfa'),
    staleMfa: reachIn('staleMfa'),
  }
}

/** By the packed grades: a byte has no more than 256 values. */
const NEEDS: readonly MfaNeed[] = Array.from({ length: 256 }, (_, packed) =>
  needOfStates(reachByState(packed)),
)

/** What MFA means for an action of that reach. */
export function needOf(packed: PackedReach): MfaNeed {
  return NEEDS[packed] ?? 'never'
}

function needOfStates({ longTermKey, noMfaSession, freshMfa, staleMfa }: ReachByState): MfaNeed {
  if (longTermKey !== 'never' || noMfaSession !== 'never') return 'withoutMfa'
  if (staleMfa !== 'never') return 'withMfa'
  return freshMfa === 'never' ? 'never' : 'withFreshMfa'
}
