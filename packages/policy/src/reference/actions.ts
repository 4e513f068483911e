// Action and NotAction.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
import type { Statement } from '../policy.ts'
import { matchesWildcards, withWildcards } from './wildcards.ts'

/** Service prefix and name compare without case; `*` and `?` are wildcards. */
export function matchesAction({ element, patterns }: Statement['action'], action: string): boolean {
  const listed = patterns.some(pattern =>
    matchesWildcards(withWildcards(pattern.toLowerCase()), action.toLowerCase()),
  )
  return element === 'Action' ? listed : !listed
}
