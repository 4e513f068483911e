// The resource's side of a decision: the policy of its own, which for a role is its trust policy.
import { type Bypass, bypassOfGrant, bypassOfTrust } from './bypass.ts'
import type { EvaluationRequest, Layers, PolicyLayer, TrustLayers } from './evaluation.ts'
import type { PolicySet } from './policy-set.ts'
import type { Naming } from './principal.ts'

export type ResourceSide = {
  readonly layer: PolicyLayer
  readonly policiesOf: (layers: Layers | TrustLayers) => PolicySet | undefined
  /** What an Allow of it is worth; undefined where the request does not get past this side. */
  readonly bypassOf: (
    request: EvaluationRequest,
    naming: Naming,
    owner: string,
  ) => Bypass | undefined
}

/** Of all actions but the assumption of a role. */
export const RESOURCE_POLICY: ResourceSide = {
  layer: 'resource-based policy',
  policiesOf: layers => layers.resource,
  bypassOf: bypassOfGrant,
}

/** Of the assumption of a role, and of what is asked with it. */
export const TRUST_POLICY: ResourceSide = {
  layer: 'role trust policy',
  policiesOf: layers => ('trust' in layers ? layers.trust : undefined),
  bypassOf: bypassOfTrust,
}
