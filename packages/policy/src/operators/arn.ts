// ArnLike and ArnEquals, which are the same: segments matched one by one, with policy variables.
import { arnPattern, compileArn, isArn } from '../arn.ts'
import type { ConditionKeys } from '../context-keys.ts'
import { expandPattern, hasVariable, parseTemplate, resolved, type Template } from '../variables.ts'
import { parsePattern } from '../wildcard.ts'
import type { Operator, Outcome } from './comparison.ts'
import { templates } from './string.ts'

/**
 * What one value of a policy says: an ARN's pattern, no text for want of a variable's value, or no
 * ARN.
 */
type Operand = ((arn: string) => boolean) | 'unresolved' | 'malformed'

export const arnLike: Operator = {
  takesVariables: true,
  compile(values, version) {
    const operands = templates(values, version).map(template => resolved(template, operandOf))
    return (value, keys): Outcome => {
      if (!isArn(value)) return 'incomparable'
      // In the policy's order: a match before the malformed value stands.
      for (const operandFor of operands) {
        const operand = operandFor(keys)
        if (operand === 'malformed') return 'malformed'
        if (operand !== 'unresolved' && operand(value)) return 'match'
      }
      return 'noMatch'
    }
  },
  isStorable: value =>
    hasVariable(parseTemplate(value)) || arnPattern(parsePattern(value)) !== undefined,
}

function operandOf(template: Template, keys: ConditionKeys): Operand {
  const pattern = expandPattern(template, keys)
  if (pattern === undefined) return 'unresolved'
  const segments = arnPattern(pattern)
  return segments === undefined ? 'malformed' : compileArn(segments)
}
