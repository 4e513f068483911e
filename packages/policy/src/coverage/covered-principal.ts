// A principal as coverage looks at it, and the statements of its layers.
import type { Bypass } from '../bypass.ts'
import type { CompiledPolicy } from '../compile.ts'
import type { Layers } from '../evaluation.ts'
import type { PolicySet } from '../policy-set.ts'
import type { PrincipalFacts } from '../principal.ts'
import type { CombinedLayers } from './combined-layers.ts'
import { type KnownKeys, knownKeysOf } from './known-keys.ts'
import type { StatementReach, StatementReaches } from './statement-reach.ts'

/** A user, a role or the root user, with the policies that bind it. */
export type CoveragePrincipal = {
  /** The ARN of the user or of the root user comes first; a role's may stand behind its session's. */
  readonly principal: PrincipalFacts
  /** Policies of resources are no part of coverage: what they give beyond these, it does not see. */
  readonly layers: Omit<Layers, 'resource' | 'rcps'>
  /** Of a role: who may assume it. */
  readonly trust?: PolicySet
  /**
   * Condition keys of whatever it asks for, such as a user's `aws:PrincipalTag/team`; undefined where
   * the key is known to be absent. What follows from `principal` need not be said.
   */
  readonly keys?: KnownKeys
  /**
   * Whether it has a console password. Without one, its sessions are those of GetSessionToken, which
   * call no IAM without MFA; what services ask for on its behalf is then left out of account. Absent:
   * it may have one.
   */
  readonly signsIn?: boolean
}

/** Every key that is known of what the principal asks for. */
export function keysOf({ principal, keys }: CoveragePrincipal): KnownKeys {
  return knownKeysOf(principal, keys)
}

const NO_BYPASS: Bypass = { identity: false, boundary: false, session: false }

/**
 * The statements of the layers that bind the principal.
 * @param bypass the layers that need not allow, because a trust policy names the principal
 */
export function combinedLayers(
  { principal, layers }: CoveragePrincipal,
  known: KnownKeys,
  reachOf: StatementReaches,
  bypass: Bypass = NO_BYPASS,
): CombinedLayers {
  const { identity, boundary, session, task, scps = [] } = layers
  const levels = principal.isServiceLinked === true ? [] : scps
  const all = [identity, boundary, session, task, ...levels].map(set => statementsOf(set))
  return {
    allows: allowing().map(set => statementsOf(set).filter(({ Effect }) => Effect === 'Allow')),
    denies: all.flat().filter(({ Effect }) => Effect === 'Deny'),
  }

  /** A task policy takes away and need not give; the root user needs neither policy nor boundary. */
  function allowing(): readonly PolicySet[] {
    const own = [
      ...(principal.isRoot || bypass.identity ? [] : [identity]),
      ...(principal.isRoot || bypass.boundary ? [] : [boundary]),
      ...(bypass.session ? [] : [session]),
    ]
    return [...own, ...levels].filter(set => set !== undefined)
  }

  function statementsOf(set: PolicySet | undefined): readonly StatementReach[] {
    return (set?.policies ?? []).flatMap(({ policy, statements }: CompiledPolicy) =>
      statements.map(statement => reachOf(statement, policy, known)),
    )
  }
}
