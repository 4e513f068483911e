// The layers that bind a request, in AWS's order, each with what it comes to when one of its Allows
// applies and when none does: the same order and the same exceptions as those of a decision.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { Bypass } from './bypass.ts'
import type { EvaluationRequest, Layers, PolicyLayer, TrustLayers } from './evaluation.ts'
import type { Step } from './explanation.ts'
import { findGrant, namingBy } from './find-allow.ts'
import { rcpsThatBind, scpsThatBind } from './organization.ts'
import type { PolicySet } from './policy-set.ts'
import { hasAccount, type Naming } from './principal.ts'
import type { ResourceSide } from './resource-side.ts'

export type BindingLayer = {
  readonly layer: PolicyLayer
  /** Of an organization, counted from its root. */
  readonly level?: number
  /** Absent where the request needs a policy that is not there. */
  readonly policies?: PolicySet
  readonly outcome: (allows: boolean) => Exclude<Step['outcome'], 'denies'>
  /** Whether its Allows give permission; those of the others only limit it. */
  readonly grants: boolean
  /** Whether the request goes on though it does not allow. */
  readonly mayPass?: boolean
}

type Outcome = BindingLayer['outcome']

const limit: Outcome = allows => (allows ? 'allows' : 'does not allow')
const dispensable: Outcome = allows => (allows ? 'allows' : 'dispensable')
const always: Outcome = () => 'allows'
const never: Outcome = () => 'does not allow'

/** @param owner the account that owns the resource */
export function bindingLayers(
  request: EvaluationRequest,
  layers: Layers | TrustLayers,
  side: ResourceSide,
  owner: string,
): readonly BindingLayer[] {
  const hasBoundary = layers.boundary !== undefined
  const policies = side.policiesOf(layers)
  const naming = namingBy(findGrant(request, policies, hasBoundary), request, hasBoundary)
  const bypass = side.bypassOf(request, naming, owner)
  return [
    ...levels('resource control policy', rcpsThatBind(request, layers, owner)),
    ...levels('service control policy', scpsThatBind(request, layers)),
    ...resourceLayer(side.layer, policies, naming, bypass),
    ...ownLayers(request, layers, bypass),
  ]
}

const levels = (layer: PolicyLayer, sets: readonly PolicySet[]): BindingLayer[] =>
  sets.map((policies, level) => ({ layer, level, policies, outcome: limit, grants: false }))

/** A resource's policy that is not there is missed only where the request needs one. */
function resourceLayer(
  layer: PolicyLayer,
  policies: PolicySet | undefined,
  naming: Naming,
  bypass: Bypass | undefined,
): BindingLayer[] {
  const isNeeded = bypass === undefined
  if (policies === undefined) return isNeeded ? [{ layer, outcome: never, grants: true }] : []
  const outcome = isNeeded || naming === 'none' ? never : always
  return [{ layer, policies, outcome, grants: true, mayPass: !isNeeded }]
}

function ownLayers(
  { principal }: EvaluationRequest,
  { identity, boundary, session, task }: Layers,
  bypass: Bypass | undefined,
): BindingLayer[] {
  const { isRoot } = principal
  const unless = (isDispensable = false) => (isDispensable ? dispensable : limit)
  const own: BindingLayer[] = []
  if (hasAccount(principal) || identity.policies.length > 0) {
    const outcome = isRoot ? always : unless(bypass?.identity)
    own.push({ layer: 'identity-based policy', policies: identity, outcome, grants: !isRoot })
  }
  if (boundary !== undefined) {
    const outcome = isRoot ? always : unless(bypass?.boundary)
    own.push({ layer: 'permissions boundary', policies: boundary, outcome, grants: false })
  }
  if (session !== undefined) {
    const outcome = unless(bypass?.session)
    own.push({ layer: 'session policy', policies: session, outcome, grants: false })
  }
  if (task !== undefined) {
    own.push({ layer: 'session policy', policies: task, outcome: always, grants: false })
  }
  return own
}
