// Why a statement applies to a request or does not, and which keys of the request it asks for in
// vain.
import type { CompiledStatement } from './compile.ts'
import type { EvaluationRequest } from './evaluation.ts'
import type { ExaminedCondition, ExaminedStatement } from './explanation.ts'
import { findOperator } from './operators/operators.ts'
import type { Condition } from './policy.ts'
import { variablesIn } from './variables.ts'

/** A statement, looked at in every part even where one of them already fails. */
export function examine(
  { statement, matched, names, matchesResource, conditions }: CompiledStatement,
  { resource, keys, principal }: EvaluationRequest,
  hasBoundary: boolean,
): ExaminedStatement {
  const examined = {
    namesCaller: names === undefined || names(principal, hasBoundary) !== 'none',
    matchesResource: matchesResource(resource, keys),
    conditions: statement.conditions.map(({ operator, key, values }, at): ExaminedCondition => {
      const actual = keys.get(key.toLowerCase())
      return { operator, key, values, actual, holds: conditions[at]?.(keys) ?? false }
    }),
  }
  return {
    statement: matched,
    effect: statement.Effect,
    ...examined,
    applies:
      examined.namesCaller &&
      examined.matchesResource &&
      examined.conditions.every(({ holds }) => holds),
  }
}

/**
 * The keys that the request does not have and on which it depends whether the statement applies;
 * none where something that the request does have rules it out.
 */
export function missingKeysOf(
  { statement, version }: CompiledStatement,
  { namesCaller, matchesResource, conditions }: ExaminedStatement,
  { keys }: EvaluationRequest,
): readonly string[] {
  const isMissing = (key: string) => keys.get(key.toLowerCase()) === undefined
  const variables = (texts: readonly string[]) =>
    version === '2012-10-17' ? texts.flatMap(variablesIn).filter(isMissing) : []

  const ofResource = variables(
    statement.resource?.patterns.filter(pattern => pattern !== null) ?? [],
  )
  const ofConditions = conditions.map(condition => ({
    holds: condition.holds,
    missing: [
      ...(condition.actual === undefined ? [condition.key] : []),
      ...(takesVariables(condition) ? variables(condition.values) : []),
    ],
  }))
  const isRuledOut =
    !namesCaller ||
    (!matchesResource && ofResource.length === 0) ||
    ofConditions.some(({ holds, missing }) => !holds && missing.length === 0)
  return isRuledOut ? [] : [...ofResource, ...ofConditions.flatMap(({ missing }) => missing)]
}

function takesVariables({ operator }: Pick<Condition, 'operator'>): boolean {
  const found = findOperator(operator)
  return found?.kind === 'comparison' && found.operator.takesVariables === true
}
