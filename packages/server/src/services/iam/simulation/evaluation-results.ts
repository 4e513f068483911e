// The results of a simulation in AWS's shapes: one for each action, with one for each resource inside.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
import type {
  EvaluationResult,
  PolicyEvaluationDecisionType,
  ResourceSpecificResult,
  Statement,
} from '@aws-sdk/client-iam'
import type { MatchedStatement, Position } from '@twinlock/policy'
import type { Decision } from './decide.ts'
import { moreRestrictive, worstOf } from './decide.ts'
import type { SimulatedAction } from './simulated-actions.ts'
import { evalResourceName } from './simulated-actions.ts'

/** What was decided on one resource. */
export type ResourceDecision = { readonly resource: string; readonly decision: Decision }

/** What the results tell beside the decisions. */
type Told = {
  readonly action: SimulatedAction
  /** Whether ResourceArns named any. */
  readonly namesResources: boolean
  /** Keys that the policies ask for and the request does not supply. */
  readonly missingKeys: readonly string[]
}

export function evaluationResult(
  decided: readonly ResourceDecision[],
  { action, namesResources, missingKeys }: Told,
): EvaluationResult {
  const decisions = decided.map(({ decision }) => decision)
  const isMissing = decisions.some(({ maySupplyMore }) => maySupplyMore)
  return {
    EvalActionName: action.name,
    EvalResourceName: evalResourceName(
      action,
      decided.map(({ resource }) => resource),
    ),
    EvalDecision: worstOf(decisions),
    MatchedStatements: shownOnce(decisions.flatMap(({ statements }) => statements)),
    MissingContextValues: isMissing ? [...missingKeys] : [],
    ...organizationsDetail(decisions),
    ...boundaryDetail(decisions),
    ...(namesResources && {
      EvalDecisionDetails: mostRestrictiveByType(decisions),
      ResourceSpecificResults: decided.map(each => resourceResult(each, missingKeys)),
    }),
  }
}

/** Lists are left out where they are empty, unlike those of the action. */
function resourceResult(
  { resource, decision }: ResourceDecision,
  missingKeys: readonly string[],
): ResourceSpecificResult {
  const { EvalDecision, statements, maySupplyMore, byPolicyType } = decision
  return {
    EvalResourceName: resource,
    EvalResourceDecision: EvalDecision,
    ...(statements.length > 0 && { MatchedStatements: statements.map(shownStatement) }),
    ...(maySupplyMore && missingKeys.length > 0 && { MissingContextValues: [...missingKeys] }),
    ...(byPolicyType && { EvalDecisionDetails: { ...byPolicyType } }),
    ...boundaryDetail([decision]),
  }
}

function organizationsDetail(decisions: readonly Decision[]) {
  const AllowedByOrganizations = every(decisions, 'allowedByOrganization')
  if (AllowedByOrganizations === undefined) return {}
  return { OrganizationsDecisionDetail: { AllowedByOrganizations } }
}

function boundaryDetail(decisions: readonly Decision[]) {
  const AllowedByPermissionsBoundary = every(decisions, 'allowedByBoundary')
  if (AllowedByPermissionsBoundary === undefined) return {}
  return { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary } }
}

/** Whether all say yes; undefined where nobody was asked. */
function every(
  decisions: readonly Decision[],
  detail: 'allowedByOrganization' | 'allowedByBoundary',
): boolean | undefined {
  const told = decisions.map(decision => decision[detail]).filter(each => each !== undefined)
  return told.length === 0 ? undefined : told.every(Boolean)
}

/** Empty unless some resource belongs to another account. */
function mostRestrictiveByType(decisions: readonly Decision[]) {
  const details: Record<string, PolicyEvaluationDecisionType> = {}
  for (const { byPolicyType = {} } of decisions) {
    for (const [type, decision] of Object.entries(byPolicyType)) {
      details[type] = moreRestrictive(details[type] ?? 'allowed', decision)
    }
  }
  return details
}

/** A statement that matched for several resources is told once. */
const shownOnce = (statements: readonly MatchedStatement[]) =>
  [...new Set(statements)].map(shownStatement)

/** On the wire the type is in words, not in those of the API's model. */
const SOURCE_POLICY_TYPES: Readonly<Record<string, string>> = {
  boundary: 'Permissions Boundary Policy',
  resource: 'Resource Policy',
}

function shownStatement({ source, start, end }: MatchedStatement): Statement {
  const SourcePolicyType = SOURCE_POLICY_TYPES[source.type] ?? 'IAM Policy'
  return {
    SourcePolicyId: source.name,
    // The SDK's type lists the model's values, which AWS does not send.
    SourcePolicyType: SourcePolicyType as NonNullable<Statement['SourcePolicyType']>,
    StartPosition: shownPosition(start),
    EndPosition: shownPosition(end),
  }
}

const shownPosition = ({ line, column }: Position) => ({ Line: line, Column: column })
