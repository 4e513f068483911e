// StringEquals, StringEqualsIgnoreCase, StringLike: text, with policy variables.
import { type ConditionKeys, NO_KEYS } from '../context-keys.ts'
import type { PolicyVersion } from '../policy.ts'
import { rememberLast } from '../remember-last.ts'
import {
  compileTemplate,
  expandText,
  hasVariable,
  parseTemplate,
  plainTemplate,
  resolved,
  type Template,
} from '../variables.ts'
import type { Comparison, Operator } from './comparison.ts'

/** Units equal. */
export const stringEquals: Operator = { compile: compileEquals(text => text), takesVariables: true }

/** Lower-case texts equal. */
export const stringEqualsIgnoreCase: Operator = {
  compile: compileEquals(lowerCase),
  takesVariables: true,
}

/** `*` and `?` in the policy's value are wildcards. */
export const stringLike: Operator = {
  takesVariables: true,
  compile(values, version) {
    const matchers = templates(values, version).map(compileTemplate)
    return (value, keys) => {
      for (const matches of matchers) if (matches(value, keys)) return 'match'
      return 'noMatch'
    }
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
    const variable = all.filter(hasVariable).map(template => resolved(template, foldedText(fold)))
    const folded = rememberLast(fold)
    return (value, keys) => {
      const text = folded(value)
      if (fixed.has(text)) return 'match'
      for (const textFor of variable) if (textFor(keys) === text) return 'match'
      return 'noMatch'
    }
  }
}

const foldedText =
  (fold: (text: string) => string) => (template: Template, keys: ConditionKeys) => {
    const text = expandText(template, keys)
    return text === undefined ? undefined : fold(text)
  }

/**
 * Lower case in context (a final sigma is one), no case folding and no normalization; pairs of
 * surrogates keep their case, as observed.
 */
function lowerCase(text: string): string {
  return text.replaceAll(/[^\ud800-\udfff]+/g, run => run.toLowerCase())
}
