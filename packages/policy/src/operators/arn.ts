// ArnLike and ArnEquals, which are the same: segments matched one by one, with policy variables.
import { isArn } from '../arn.ts'
import { compileArn, isArnTemplate } from '../arn-template.ts'
import { hasVariable, parseTemplate, plainTemplate } from '../variables.ts'
import type { Operator, Outcome } from './comparison.ts'
import { templates } from './string.ts'

export const arnLike: Operator = {
  takesVariables: true,
  compile(values, version) {
    const comparisons = templates(values, version).map(compileArn)
    return (value, keys): Outcome => {
      if (!isArn(value)) return 'incomparable'
      // In the policy's order: a match before the malformed value stands.
      for (const compare of comparisons) {
        const found = compare(value, keys)
        if (found !== 'noMatch') return found
      }
      return 'noMatch'
    }
  },
  isStorable: value => hasVariable(parseTemplate(value)) || isArnTemplate(plainTemplate(value)),
}
