// StringEquals, StringEqualsIgnoreCase, StringLike: text, with policy variables.
import { NO_KEYS } from '../context-keys.ts'
import { lowerCase } from '../lower-case.ts'
import type { PolicyVersion } from '../policy.ts'
import { rememberLast } from '../remember-last.ts'
import { compileTemplate } from '../template-matcher.ts'
import { isLowerCaseText, isText } from '../template-text.ts'
import {
  expandText,
  hasVariable,
  parseTemplate,
  plainTemplate,
  type Template,
} from '../variables.ts'
import type { Operator } from './comparison.ts'

/** Units equal. */
export const stringEquals: Operator = {
  takesVariables: true,
  compile(values, version) {
    const { fixed, variable } = wantedTexts(values, version)
    return (value, keys) => {
      if (fixed.has(value)) return 'match'
      for (const template of variable) if (isText(template, value, keys)) return 'match'
      return 'noMatch'
    }
  },
}

const lowered = rememberLast(lowerCase)

/** Lower-case texts equal. */
export const stringEqualsIgnoreCase: Operator = {
  takesVariables: true,
  compile(values, version) {
    const { fixed, variable } = wantedTexts(values, version)
    const lowerFixed = new Set([...fixed].map(lowerCase))
    return (value, keys) => {
      const lower = lowered(value)
      if (lowerFixed.has(lower)) return 'match'
      for (const template of variable) if (isLowerCaseText(template, lower, keys)) return 'match'
      return 'noMatch'
    }
  },
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

/** The values that are the same for every request, as texts, and those that are not. */
function wantedTexts(values: readonly string[], version: PolicyVersion) {
  const all = templates(values, version)
  const fixed = all.filter(template => !hasVariable(template))
  return {
    fixed: new Set(fixed.map(template => expandText(template, NO_KEYS) ?? '')),
    variable: all.filter(hasVariable),
  }
}
