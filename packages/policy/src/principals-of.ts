// Whom a trust or resource policy names, for the checks that only the account can make.
import type { Policy } from './policy.ts'

/** The values of `AWS` entries (ARNs, account ids, unique ids), each once, without `*`. */
export function principalsOf({ statements }: Policy): readonly string[] {
  const named = statements.flatMap(({ principal }) =>
    principal === undefined || principal.principals === '*' ? [] : principal.principals,
  )
  return [
    ...new Set(
      named.filter(({ type, value }) => type === 'AWS' && value !== '*').map(({ value }) => value),
    ),
  ]
}
