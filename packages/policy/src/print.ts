// A policy as a document again, in the form that every kind of it accepts: lists as lists, values
// as strings.
import type { Condition, Policy, PrincipalElement, Statement } from './policy.ts'

/** A document that parses to a policy of the same meaning. Two spaces of indentation. */
export function printPolicy({ Version, Id, statements }: Policy): string {
  return JSON.stringify({ Version, Id, Statement: statements.map(printStatement) }, undefined, 2)
}

function printStatement({ Sid, Effect, principal, action, resource, conditions }: Statement) {
  return {
    Sid,
    Effect,
    ...(principal && { [principal.element]: printPrincipals(principal.principals) }),
    [action.element]: action.patterns,
    ...(resource && { [resource.element]: resource.patterns }),
    ...(conditions.length > 0 && { Condition: printConditions(conditions) }),
  }
}

function printPrincipals(principals: PrincipalElement['principals']) {
  if (principals === '*') return principals
  const types = Map.groupBy(principals, ({ type }) => type)
  return Object.fromEntries(
    [...types].map(([type, entries]) => [type, entries.map(({ value }) => value)]),
  )
}

function printConditions(conditions: readonly Condition[]) {
  const operators = Map.groupBy(conditions, ({ operator }) => operator)
  return Object.fromEntries(
    [...operators].map(([operator, keys]) => [
      operator,
      Object.fromEntries(keys.map(({ key, values }) => [key, values])),
    ]),
  )
}
