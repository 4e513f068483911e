// Which roles a principal can assume in each state of MFA: the way past MFA is often a role.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import { bypassOfTrust, type Bypass } from '../bypass.ts'
import type { CompiledStatement } from '../compile.ts'
import { NO_KEYS } from '../context-keys.ts'
import type { PolicySet } from '../policy-set.ts'
import type { PrincipalFacts } from '../principal.ts'
import { type ArnSet, arnSet } from './arn-set.ts'
import { certainties, type Certainty } from './certainty.ts'
import { type CombinedLayers, reachOfResource } from './combined-layers.ts'
import { type KnownKeys, partialRequest, roleArnOf } from './known-keys.ts'
import {
  ALWAYS,
  betterOf,
  DEPENDS,
  inEveryState,
  inStates,
  NEVER,
  type PackedReach,
  worseOf,
} from './reach.ts'
import { extentIn } from './resource-set.ts'

const ASSUME_ROLE = 'sts:AssumeRole'

/** Who wants to assume roles. */
export type Assumer = {
  readonly principal: PrincipalFacts
  readonly hasBoundary: boolean
  readonly known: KnownKeys
  /** What binds it when a trust policy makes some of its own layers dispensable. */
  readonly layersWithout: (bypass: Bypass) => CombinedLayers
}

/** Whether the role can be assumed, in each state. The root user assumes none. */
export function reachOfRole(
  assumer: Assumer,
  role: { readonly principal: PrincipalFacts; readonly trust: PolicySet },
  options: { readonly staleSeconds?: number },
): PackedReach {
  const arn = roleArnOf(role.principal.arns)
  const set = arnSet(arn)
  if (set === undefined || assumer.principal.kind === 'root') return inEveryState(NEVER)
  const { Allow, Deny } = role.trust.statementsFor(ASSUME_ROLE)
  const request = partialRequest(assumer.known, options)
  const named = namings(assumer, role.trust)

  let reach = inEveryState(NEVER)
  for (const statement of Allow) {
    for (const [principal, isSure] of named) {
      const naming = statement.names?.(principal, assumer.hasBoundary) ?? 'none'
      const bypass = bypassOfTrust(
        { action: ASSUME_ROLE, resource: arn, keys: NO_KEYS, principal },
        naming,
        role.principal.account,
      )
      if (bypass === undefined) continue
      const trusted = gradesOf(certainties(statement.conditions, request), isSure)
      const allowed = reachByLayers(assumer.layersWithout(bypass), set)
      reach = betterOf(reach, worseOf(trusted, allowed))
    }
  }
  return Deny.reduce((left, statement) => {
    const held = certainties(statement.conditions, request)
    return worseOf(left, leftBy(statement, held, named, assumer.hasBoundary))
  }, reach)
}

/** The caller under each set of names that a trust policy may know it by, and whether it surely has them. */
type Namings = readonly (readonly [principal: PrincipalFacts, isSure: boolean])[]

/**
 * A role calls as a session, whose name nobody knows beforehand: it may be any that the trust policy
 * names.
 */
function namings({ principal }: Assumer, trust: PolicySet): Namings {
  const sure: Namings = [[principal, true]]
  if (principal.kind !== 'role') return sure
  const name = roleArnOf(principal.arns).split('/').at(-1) ?? ''
  const sessions = trust.policies
    .flatMap(({ policy }) => policy.statements)
    .flatMap(({ principal }) =>
      typeof principal?.principals === 'object' ? principal.principals : [],
    )
    .map(({ value }) => value)
    .filter(value => value.includes(`:${principal.account}:assumed-role/${name}/`))
  if (sessions.length === 0) return sure
  return [...sure, [{ ...principal, arns: [...principal.arns, ...sessions] }, false]]
}

/** The caller's own layers, about this one role. */
function reachByLayers(layers: CombinedLayers, role: ArnSet): PackedReach {
  return reachOfResource(layers, ({ action, resources }) =>
    action.matches(ASSUME_ROLE.toLowerCase()) ? extentIn(resources, role) : 'none',
  )
}

function gradesOf(held: readonly Certainty[], isSure: boolean): PackedReach {
  return inStates(state => {
    if (held[state] === 'no') return NEVER
    return held[state] === 'yes' && isSure ? ALWAYS : DEPENDS
  })
}

/** What a Deny of a trust policy leaves. */
function leftBy(
  { names }: CompiledStatement,
  held: readonly Certainty[],
  named: Namings,
  hasBoundary: boolean,
): PackedReach {
  const naming = named.filter(([principal]) => names?.(principal, hasBoundary) !== 'none')
  if (naming.length === 0) return inEveryState(ALWAYS)
  const isSure = naming.some(([, isSure]) => isSure)
  return inStates(state => {
    if (held[state] === 'no') return ALWAYS
    return held[state] === 'yes' && isSure ? NEVER : DEPENDS
  })
}
