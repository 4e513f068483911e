// StringEquals, StringEqualsIgnoreCase, StringLike: text, with policy variables.
import { NO_KEYS } from '../context-keys.ts'
import type { PolicyVersion } from '../policy.ts'
import {
  compileTemplate,
  expandText,
  hasVariable,
  parseTemplate,
  plainTemplate,
  type Template,
} from '../variables.ts'
import { type Comparison, type Operator, outcome } from './comparison.ts'

/** Units equal. */
export const stringEquals: Operator = { compile: compileEquals(text => text) }

/** Lower-case texts equal. */
export const stringEqualsIgnoreCase: Operator = { compile: compileEquals(lowerCase) }

/** `*` and `?` in the policy's value are wildcards. */
export const stringLike: Operator = {
  compile(values, version) {
    const matchers = templates(values, version).map(compileTemplate)
    return (value, keys) => outcome(matchers.some(matches => matches(value, keys)))
  },
}

/** Every value of a policy as a template; documents of 2008 have no variables. */
export function templates(values: readonly string[], version: PolicyVersion): Template[] {
  return values.map(version === '2012-10-17' ? parseTemplate : plainTemplate)
}

function compileEquals(fold: (text: string) => string) {
  return (values: readonly string[], version: PolicyVersion): Comparison => {
    const all = templates(values, version)
    const fixed = new Set(
      all
        .filter(template => !hasVariable(template))
        .map(template => fold(expandText(template, NO_KEYS) ?? '')),
    )
    const variable = all.filter(hasVariable)
    return (value, keys) => {
      const folded = fold(value)
      if (fixed.has(folded)) return 'match'
      return outcome(
        variable.some(template => {
          const text = expandText(template, keys)
          return text !== undefined && fold(text) === folded
        }),
      )
    }
  }
}

/**
 * Lower case in context (a final sigma is one), no case folding and no normalization; pairs of
 * surrogates keep their case, as observed.
 */
function lowerCase(text: string): string {
  return text.replaceAll(/[^\ud800-\udfff]+/g, run => run.toLowerCase())
}
