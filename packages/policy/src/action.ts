// Action and NotAction: patterns of `service:Name`, compared without case.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
import type { Statement } from './policy.ts'
import { compilePattern } from './wildcard.ts'

/** What a statement's Action or NotAction says; asked in lower case. */
export type ActionMatcher = {
  /** The patterns of an Action, in lower case; absent where none limits it: NotAction. */
  readonly patterns?: readonly string[]
  readonly matches: (lowerAction: string) => boolean
}

/** The patterns are compiled when the first action asks: most statements are never asked. */
export function compileAction({ element, patterns }: Statement['action']): ActionMatcher {
  const lower = patterns.map(pattern => pattern.toLowerCase())
  const wanted = element === 'Action'
  let someMatches: ((lowerAction: string) => boolean) | undefined
  return {
    ...(wanted && { patterns: lower }),
    matches(lowerAction) {
      someMatches ??= compileAny(lower)
      return someMatches(lowerAction) === wanted
    },
  }
}

function compileAny(patterns: readonly string[]): (lowerAction: string) => boolean {
  const names = new Set(patterns.filter(pattern => !isWild(pattern)))
  const matchers = patterns.filter(isWild).map(compilePattern)
  return lowerAction => names.has(lowerAction) || matchers.some(matches => matches(lowerAction))
}

/**
 * The service prefix of an action or a pattern, or undefined where a wildcard or no colon leaves it
 * open.
 */
export function serviceOf(lowerPattern: string): string | undefined {
  const colon = lowerPattern.indexOf(':')
  const service = lowerPattern.slice(0, colon)
  return colon === -1 || isWild(service) ? undefined : service
}

/** Whether the pattern can match more than itself. */
export function isWild(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?')
}
