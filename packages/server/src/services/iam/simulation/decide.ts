// One simulated request: an action on a resource. The simulator puts the layers together in its own way, which is not quite
// that of AWS's enforcement: in one account any Allow of the resource's policy is enough, whatever form names the caller and
// whatever a boundary says.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
import type { PolicyEvaluationDecisionType } from '@aws-sdk/client-iam'
import type {
  CompiledStatement,
  ConditionKeys,
  MatchedStatement,
  PolicySet,
  PrincipalFacts,
} from '@twinlock/policy'
import { applies } from '@twinlock/policy'
import type { SimulatedAction } from './simulated-actions.ts'
import { fits } from './simulated-actions.ts'
import type { SimulatedPolicies } from './simulated-policies.ts'

type SimulatedRequest = {
  readonly action: SimulatedAction
  readonly resource: string
  /** The resource belongs to another account than the caller's. */
  readonly isCrossAccount: boolean
  readonly principal: PrincipalFacts
  readonly keys: ConditionKeys
}

export type Decision = {
  readonly EvalDecision: PolicyEvaluationDecisionType
  /** Those that made the decision: Allows or Denies; none where nothing allowed, or where the organization denied. */
  readonly statements: readonly MatchedStatement[]
  /** Whether a key that was not supplied may have been what was missing. */
  readonly maySupplyMore: boolean
  /** Where there are service control policies. */
  readonly allowedByOrganization?: boolean
  /** Where there is a boundary. */
  readonly allowedByBoundary?: boolean
  /** Of another account's resource: what each kind of policy says. */
  readonly byPolicyType?: Readonly<Record<string, PolicyEvaluationDecisionType>>
}

/** What one layer says by itself. */
type Verdict = Pick<Decision, 'EvalDecision' | 'statements'>

/** An organization that does not allow ends the simulation before any other policy is asked. */
export function decide(request: SimulatedRequest, policies: SimulatedPolicies): Decision {
  const { scps, identity, boundary, resource } = policies
  const ask = (layer: PolicySet) => verdictOf(layer, request, boundary !== undefined)
  const organization = worstOf(scps?.map(ask) ?? [])
  const organizations = scps && { allowedByOrganization: organization === 'allowed' }
  if (organization !== 'allowed') {
    return { EvalDecision: organization, statements: [], maySupplyMore: false, ...organizations }
  }
  const verdicts = {
    boundary: boundary && ask(boundary),
    identity: ask(identity),
    resource: resource && ask(resource),
  }
  const decision = request.isCrossAccount ? acrossAccounts(verdicts) : withinAccount(verdicts)
  return {
    ...decision,
    ...organizations,
    ...(verdicts.boundary && {
      allowedByBoundary: verdicts.boundary.EvalDecision === 'allowed',
    }),
    maySupplyMore: decision.EvalDecision === 'implicitDeny',
  }
}

/** In the order in which Denies are told. */
type Verdicts = {
  readonly boundary: Verdict | undefined
  readonly identity: Verdict
  readonly resource: Verdict | undefined
}

const SILENT: Verdict = { EvalDecision: 'implicitDeny', statements: [] }

function withinAccount(verdicts: Verdicts): Verdict {
  const { boundary, identity, resource } = verdicts
  const denied = denialBy(verdicts)
  if (denied !== undefined) return denied
  if (resource?.EvalDecision === 'allowed') return allowedBy(identity, resource)
  return worstOf(present(boundary, identity)) === 'allowed' ? identity : SILENT
}

function acrossAccounts(verdicts: Verdicts): Omit<Decision, 'maySupplyMore'> {
  const { boundary, identity, resource = SILENT } = verdicts
  const isAllowed = worstOf(present(boundary, identity, resource)) === 'allowed'
  return {
    ...(denialBy(verdicts) ?? (isAllowed ? allowedBy(identity, resource) : SILENT)),
    byPolicyType: {
      'IAM Policy': identity.EvalDecision,
      'Resource Policy': resource.EvalDecision,
      ...(boundary && { 'Permissions Boundary Policy': boundary.EvalDecision }),
    },
  }
}

/** All the Denies. */
function denialBy({ boundary, identity, resource }: Verdicts): Verdict | undefined {
  const denials = present(boundary, identity, resource).filter(
    ({ EvalDecision }) => EvalDecision === 'explicitDeny',
  )
  if (denials.length === 0) return undefined
  return {
    EvalDecision: 'explicitDeny',
    statements: denials.flatMap(({ statements }) => statements),
  }
}

/** The boundary's Allows are not told. */
const allowedBy = (identity: Verdict, resource: Verdict): Verdict => ({
  EvalDecision: 'allowed',
  statements: [...identity.statements, ...resource.statements],
})

const present = (...verdicts: readonly (Verdict | undefined)[]) =>
  verdicts.filter(verdict => verdict !== undefined)

const SEVERITY = { allowed: 0, implicitDeny: 1, explicitDeny: 2 } as const

/** The most restrictive decision; nothing restricts where nothing was asked. */
export function worstOf(
  decisions: readonly Pick<Decision, 'EvalDecision'>[],
): PolicyEvaluationDecisionType {
  return decisions.reduce<PolicyEvaluationDecisionType>(
    (worst, { EvalDecision }) => moreRestrictive(worst, EvalDecision),
    'allowed',
  )
}

export const moreRestrictive = (
  one: PolicyEvaluationDecisionType,
  other: PolicyEvaluationDecisionType,
) => (SEVERITY[other] > SEVERITY[one] ? other : one)

/** A layer's Denies, or else its Allows. */
function verdictOf(
  policies: PolicySet,
  { action, resource, keys, principal }: SimulatedRequest,
  hasBoundary: boolean,
): Verdict {
  if (!fits(action, resource)) return SILENT
  const matched = (statements: readonly CompiledStatement[]): MatchedStatement[] =>
    statements
      .filter(statement => statement.names?.(principal, hasBoundary) !== 'none')
      .filter(statement => applies(statement, resource, keys))
      .map(statement => statement.matched)
  const { Allow, Deny } = policies.statementsFor(action.name)
  const denies = matched(Deny)
  if (denies.length > 0) return { EvalDecision: 'explicitDeny', statements: denies }
  const allows = matched(Allow)
  return allows.length > 0 ? { EvalDecision: 'allowed', statements: allows } : SILENT
}
