// The condition operators of IAM, by name, and how a name is read.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
import { arnLike } from './arn.ts'
import { binaryEquals } from './binary.ts'
import { bool } from './bool.ts'
import type { Operator } from './comparison.ts'
import { date } from './date.ts'
import { ipAddress } from './ip-address.ts'
import { numeric } from './numeric.ts'
import { stringEquals, stringEqualsIgnoreCase, stringLike } from './string.ts'

const equal = (order: number) => order === 0
const less = (order: number) => order < 0
const lessOrEqual = (order: number) => order <= 0
const greater = (order: number) => order > 0
const greaterOrEqual = (order: number) => order >= 0

const not = (operator: Operator): Operator => ({ ...operator, negated: true })

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', stringEquals],
  ['StringNotEquals', not(stringEquals)],
  ['StringEqualsIgnoreCase', stringEqualsIgnoreCase],
  ['StringNotEqualsIgnoreCase', not(stringEqualsIgnoreCase)],
  ['StringLike', stringLike],
  ['StringNotLike', not(stringLike)],
  ['NumericEquals', numeric(equal)],
  ['NumericNotEquals', not(numeric(equal))],
  ['NumericLessThan', numeric(less)],
  ['NumericLessThanEquals', numeric(lessOrEqual)],
  ['NumericGreaterThan', numeric(greater)],
  ['NumericGreaterThanEquals', numeric(greaterOrEqual)],
  ['DateEquals', date(equal)],
  ['DateNotEquals', not(date(equal))],
  ['DateLessThan', date(less)],
  ['DateLessThanEquals', date(lessOrEqual)],
  ['DateGreaterThan', date(greater)],
  ['DateGreaterThanEquals', date(greaterOrEqual)],
  ['Bool', bool],
  ['BinaryEquals', binaryEquals],
  ['IpAddress', ipAddress],
  ['NotIpAddress', not(ipAddress)],
  ['ArnEquals', arnLike],
  ['ArnLike', arnLike],
  ['ArnNotEquals', not(arnLike)],
  ['ArnNotLike', not(arnLike)],
])

/** What an operator's name says. `scalar` wants a single-valued key. */
export type OperatorName =
  | { readonly kind: 'null' }
  | {
      readonly kind: 'comparison'
      readonly operator: Operator
      readonly quantifier: 'scalar' | 'ForAllValues' | 'ForAnyValue'
      readonly ifExists: boolean
    }

/** Every name, with the prefixes and the suffix that it may have; Null takes neither. */
const NAMES: ReadonlyMap<string, OperatorName> = new Map<string, OperatorName>([
  ['Null', { kind: 'null' }],
  ...[...OPERATORS].flatMap(([name, operator]) =>
    (['scalar', 'ForAllValues', 'ForAnyValue'] as const).flatMap(quantifier => {
      const prefixed = quantifier === 'scalar' ? name : `${quantifier}:${name}`
      const comparison = { kind: 'comparison', operator, quantifier } as const
      return [
        [prefixed, { ...comparison, ifExists: false }],
        [`${prefixed}IfExists`, { ...comparison, ifExists: true }],
      ] as const
    }),
  ),
])

/** The operator of that name, or undefined. Names are case-sensitive. */
export function findOperator(name: string): OperatorName | undefined {
  return NAMES.get(name)
}

/** Every name that `findOperator` knows. */
export const OPERATOR_NAMES: readonly string[] = [...NAMES.keys()]
