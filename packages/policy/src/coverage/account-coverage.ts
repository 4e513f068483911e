// The coverage of a whole account: each principal by its own credentials, the roles that it can get
// into, and what it reaches through them.
import type { PolicySet } from '../policy-set.ts'
import { type Assumer, reachOfRole } from './assumable-roles.ts'
import type { CombinedLayers } from './combined-layers.ts'
import { type Coverage, describe, packedReach, type PreparedActions } from './coverage.ts'
import { combinedLayers, type CoveragePrincipal, keysOf } from './covered-principal.ts'
import { roleArnOf } from './known-keys.ts'
import { memory } from '../memory.ts'
import { betterOf, type MfaNeed, needOf, type ReachByState, reachByState } from './reach.ts'
import {
  addReach,
  atTimes,
  type ChainedRole,
  chainedRoles,
  reachOfSessions,
  type RoleReach,
} from './role-chains.ts'

/** One principal of an account. */
export type PrincipalCoverage = {
  readonly arn: string
  /** With its own credentials. */
  readonly coverage: Coverage
  /** The roles that it can assume, in the order of the account's principals. */
  readonly roles: readonly AssumableRole[]
  /** With its own credentials and as all those roles. */
  readonly withRoles: Coverage
}

export type AssumableRole = {
  readonly arn: string
  readonly need: MfaNeed
  readonly reach: ReachByState
  /** ARNs of the roles that have to be assumed before, in order; none if it is assumed directly. */
  readonly through: readonly string[]
}

type Role = CoveragePrincipal & { readonly trust: PolicySet }

/** The coverage of all principals of an account, in their order; those with a trust policy are its roles. */
export function accountCoverage(
  principals: readonly CoveragePrincipal[],
  prepared: PreparedActions,
): readonly PrincipalCoverage[] {
  const roles = principals.filter(isRole)
  const arns = roles.map(arnOf)
  const packedOfRoles = roles.map(role => packedReach(role, prepared))
  const next = roles.map(role => directRoles(role, roles, prepared))
  const ofSessions = memory<Uint8Array>(KEPT)
  const merged = memory<Uint8Array>(KEPT)
  const numbers = new WeakMap<Uint8Array, number>()
  let lastNumber = 0

  return principals.map(covered => {
    const own = packedReach(covered, prepared)
    const chains = chainedRoles(directRoles(covered, roles, prepared), { next })
    return {
      arn: arnOf(covered),
      coverage: describe(own, covered, prepared),
      roles: chains.map(chain => assumableRole(chain, arns)),
      withRoles: describe(withReachOfRoles(own, chains), covered, prepared),
    }
  })

  /** The same for principals of one reach who get into the same roles. */
  function withReachOfRoles(own: Uint8Array, chains: readonly ChainedRole[]): Uint8Array {
    if (chains.length === 0) return own
    const rolesKey = chains.map(({ role, reach }) => `${role}=${reach}`).join()
    const asRoles = ofSessions(rolesKey, () => sessionsReach(chains))
    return merged(`${numberOf(own)}:${rolesKey}`, () => {
      const all = own.slice()
      addReach(all, asRoles)
      return all
    })
  }

  function sessionsReach(chains: readonly ChainedRole[]): Uint8Array {
    const { positions, actions } = prepared.list
    const packed = reachOfSessions(chains, packedOfRoles, actions.length)
    // A trust policy can let a user assume its role whom no policy of the user's own allows to.
    const position = positions.get('sts:assumerole')
    if (position !== undefined) {
      const assumed = chains.map(({ reach }) => reach).reduce(betterOf, 0)
      packed[position] = betterOf(packed[position] ?? 0, atTimes(assumed))
    }
    return packed
  }

  /** A number for a reach, the same as long as it is kept. */
  function numberOf(packed: Uint8Array): number {
    const number = numbers.get(packed) ?? ++lastNumber
    numbers.set(packed, number)
    return number
  }
}

/** As many merged reaches as are kept, of some 20 kB each. */
const KEPT = 512

/** Its own, where it bears several. */
function arnOf({ principal: { kind, arns } }: CoveragePrincipal): string {
  return kind === 'role' ? roleArnOf(arns) : (arns[0] ?? '')
}

const isRole = (covered: CoveragePrincipal): covered is Role => covered.trust !== undefined

function assumableRole(
  { role, reach, through }: ChainedRole,
  arns: readonly string[],
): AssumableRole {
  return {
    arn: arns[role] ?? '',
    need: needOf(reach),
    reach: reachByState(reach),
    through: through.map(each => arns[each] ?? ''),
  }
}

function directRoles(
  covered: CoveragePrincipal,
  roles: readonly Role[],
  prepared: PreparedActions,
): readonly RoleReach[] {
  const assumer = assumerOf(covered, prepared)
  return roles
    .map((role, number) => ({ role: number, reach: reachOfRole(assumer, role, prepared.options) }))
    .filter(({ reach }) => reach !== 0)
}

function assumerOf(covered: CoveragePrincipal, prepared: PreparedActions): Assumer {
  const { principal, layers } = covered
  const known = keysOf(covered)
  const { reachOf } = prepared.homeOf(covered)
  const made = new Map<string, CombinedLayers>()
  return {
    principal,
    known,
    hasBoundary: layers.boundary !== undefined,
    layersWithout(bypass) {
      const key = JSON.stringify(bypass)
      const before = made.get(key)
      if (before !== undefined) return before
      const fresh = combinedLayers(covered, known, reachOf, bypass)
      made.set(key, fresh)
      return fresh
    },
  }
}
