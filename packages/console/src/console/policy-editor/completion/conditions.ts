// Conditions: operators, the keys that requests for the statement's actions carry, and the values of which there are few.
import type { Catalogue } from '@twinlock/catalogue/browser'
import type { MfaMethod } from '@twinlock/server/console-api'
import { findGlobalKey, GLOBAL_KEYS, OPERATOR_NAMES } from '@twinlock/policy'
import type { Completion } from './completion.ts'
import { completionsOf } from './completion.ts'
import type { WrittenStatement } from './written-statement.ts'
import { documentedActions } from './written-statement.ts'

/** Those of this service that AWS does not have. */
const OWN_KEYS = [
  { name: 'twinlock:MultiFactorAuthMethod', type: 'String' },
  { name: 'twinlock:PhishingResistant', type: 'Bool' },
]

/** Plain names before those with IfExists, and sets last. */
const OPERATORS = completionsOf(
  'operator',
  OPERATOR_NAMES.toSorted((a, b) => weightOf(a) - weightOf(b)),
)

function weightOf(operator: string): number {
  return Number(operator.endsWith('IfExists')) + 2 * Number(operator.includes(':'))
}

export const operatorCompletions = (): readonly Completion[] => OPERATORS

/** Keys of the type that the operator compares come first. */
export function keyCompletions(
  operator: string,
  statement: WrittenStatement,
  catalogue: Catalogue | undefined,
): readonly Completion[] {
  const type = typeOf(operator)
  const keys = [...GLOBAL_KEYS, ...OWN_KEYS, ...keysOf(statement, catalogue)]
  return keys.map(key => ({
    ...nameOf(key.name),
    note: key.type,
    rank: Number(type !== undefined && key.type.toLowerCase().endsWith(type)),
  }))
}

/** A name that ends in a slash, or has a part in `${…}`, wants the key of a tag. */
function nameOf(name: string): Pick<Completion, 'text' | 'blanks'> {
  const blank = /\$\{(\w+)\}/.exec(name)?.[1]
  if (blank !== undefined) return { text: name.replace(/\$\{\w+\}/, blank), blanks: [blank] }
  return name.endsWith('/') ? { text: `${name}TagKey`, blanks: ['TagKey'] } : { text: name }
}

function keysOf(statement: WrittenStatement, catalogue: Catalogue | undefined) {
  if (catalogue === undefined) return []
  const names = documentedActions(statement, catalogue).flatMap(
    ({ conditionKeys, resourceTypes }) => [
      ...conditionKeys,
      ...resourceTypes.flatMap(({ type }) => type.conditionKeys),
    ],
  )
  return [...new Set(names)]
    .filter(name => findGlobalKey(name) === undefined)
    .map(name => catalogue.findConditionKey(name))
    .filter(key => key !== undefined)
}

/** What an operator compares, in lower case. */
function typeOf(operator: string): string | undefined {
  const name = operator.replace(/^For(?:AllValues|AnyValue):/, '')
  return /^(?:Not)?(String|Numeric|Date|Bool|IpAddress|Arn)/i.exec(name)?.[1]?.toLowerCase()
}

const AGES = completionsOf('seconds', ['3600', '900', '14400', '28800'])
const TRUTHS = completionsOf('value', ['true', 'false'])
const METHODS = completionsOf('value', [
  'security-key',
  'totp',
  'hardware-token',
] satisfies readonly MfaMethod[])

export function valueCompletions(operator: string, key: string): readonly Completion[] {
  const lower = key.toLowerCase()
  if (operator === 'Null' || typeOf(operator) === 'bool') return TRUTHS
  if (lower === 'aws:multifactorauthage') return AGES
  return lower === 'twinlock:multifactorauthmethod' ? METHODS : []
}
