// The IAM policy language as pure functions: parse, compile, evaluate, explain. Imports nothing.
export { isCanonicalBase64 } from './base64.ts'
export {
  applies,
  type CompiledPolicy,
  type CompiledStatement,
  compilePolicy,
  type MatchedStatement,
  type PolicySource,
  type PolicyStatement,
} from './compile.ts'
export { type ConditionKeys, isMultivalued } from './context-keys.ts'
export { parseDate } from './date.ts'
export { parseDecimal } from './decimal.ts'
export {
  accountCoverage,
  type AssumableRole,
  type PrincipalCoverage,
} from './coverage/account-coverage.ts'
export type { ActionCoverage, Dependence } from './coverage/action-coverage.ts'
export type { KnownAction } from './coverage/action-list.ts'
export type { CoveragePrincipal } from './coverage/covered-principal.ts'
export {
  type Coverage,
  coverageOf,
  type CoverageOptions,
  type PreparedActions,
  prepareActions,
} from './coverage/coverage.ts'
export type { KnownKeys } from './coverage/known-keys.ts'
export { MFA_NEEDS, type MfaNeed, type Reach, type ReachByState } from './coverage/reach.ts'
export type { CoverageCounts, CoverageSummary } from './coverage/summary.ts'
export { type Denial, denialReason } from './denial-reason.ts'
export { evaluate, evaluateTrust } from './evaluate.ts'
export type {
  Evaluation,
  EvaluationRequest,
  Layers,
  PolicyLayer,
  TrustLayers,
} from './evaluation.ts'
export {
  findGlobalKey,
  GLOBAL_KEYS,
  type GlobalKey,
  type KeyGroup,
  type KeyType,
} from './global-keys.ts'
export { parseIpAddress } from './ip-address.ts'
export { MFA_STATES, type MfaState, withMfa } from './mfa-states.ts'
export { explain, explainTrust } from './explain.ts'
export type { ExaminedCondition, ExaminedStatement, Explanation, Step } from './explanation.ts'
export type { AccountDocument, AccountRole, AccountUser, LintedAccount } from './lint/account.ts'
export type { AccountWideFinding } from './lint/account-finding.ts'
export type { LintCatalogue } from './lint/catalogue.ts'
export { CODES, type FindingCode, type FindingKind } from './lint/codes.ts'
export type { LintOptions } from './lint/document.ts'
export type { Finding, Severity } from './lint/finding.ts'
export { type AccountFinding, type DocumentFindings, lintAccount } from './lint/lint-account.ts'
export { fixPolicy, lintPolicy } from './lint/lint-policy.ts'
export { lintRoot, type RootSummary } from './lint/lint-root.ts'
export { lintUsers, type UserFindings } from './lint/lint-users.ts'
export { resourcesOfMfaAction } from './lint/mfa-actions.ts'
export type { MfaEffect } from './lint/mfa-effect.ts'
export { likelyMeant } from './lint/spelling.ts'
export { findOperator, OPERATOR_NAMES } from './operators/operators.ts'
export { parsePolicy } from './parse.ts'
export { PolicyError } from './policy-error.ts'
export type { Position } from './position.ts'
export { type ActionStatements, type PolicySet, policySet } from './policy-set.ts'
export { policySize, SIZE_QUOTAS, sizeAgainst, type SizeQuota } from './policy-size.ts'
export type {
  Condition,
  Effect,
  Policy,
  PolicyKind,
  PolicyVersion,
  PrincipalElement,
  PrincipalEntry,
  PrincipalType,
  ResourceElement,
  Statement,
} from './policy.ts'
export type { Naming, PrincipalBindings, PrincipalFacts, PrincipalMatcher } from './principal.ts'
export { principalsOf } from './principals-of.ts'
export { printPolicy } from './print.ts'
export { matchesPattern, parsePattern } from './wildcard.ts'
