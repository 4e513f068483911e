// The IAM policy language as pure functions: parse, compile, evaluate, explain. Imports nothing.
export {
  type ActionStatements,
  type CompiledPolicy,
  type CompiledStatement,
  compilePolicy,
  type MatchedStatement,
  type PolicySource,
} from './compile.ts'
export { type ConditionKeys, isMultivalued } from './context-keys.ts'
export { type Denial, denialReason } from './denial-reason.ts'
export { evaluate, evaluateTrust } from './evaluate.ts'
export type { Evaluation, EvaluationRequest, Layers, Levels, PolicyLayer } from './evaluation.ts'
export { parsePolicy } from './parse.ts'
export { PolicyError } from './policy-error.ts'
export type { Position } from './position.ts'
export { policySize } from './policy-size.ts'
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
