// Coverage as JSON, in a shape that README.md describes and that only grows.
import type { Coverage, MfaNeed, PrincipalCoverage } from '@twinlock/policy'

type Telling = {
  readonly staleSeconds: number
  /** The classes of which the actions are listed. */
  readonly listed: readonly MfaNeed[]
}

export function coverageJson(
  coverages: readonly PrincipalCoverage[],
  { staleSeconds, listed }: Telling,
): string {
  const principals = coverages.map(({ arn, coverage, roles, withRoles }) => ({
    // Of documents that are nobody's in particular.
    principal: arn === '' ? null : arn,
    own: reachOf(coverage, listed),
    withRoles: reachOf(withRoles, listed),
    roles,
  }))
  return JSON.stringify({ staleAfterSeconds: staleSeconds, principals }, null, 2)
}

function reachOf({ summary, actions }: Coverage, listed: readonly MfaNeed[]) {
  return {
    counts: summary.total,
    ...(listed.length > 0 && {
      actions: Object.fromEntries(listed.map(need => [need, actions(need)])),
    }),
  }
}
