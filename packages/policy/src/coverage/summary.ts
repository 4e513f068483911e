// Coverage in few words: counts per service, and lists in which a whole service is one entry.
import type { ActionList } from './action-list.ts'
import { MFA_NEEDS, type MfaNeed, needOf } from './reach.ts'

/** How many actions there are of each class. */
export type CoverageCounts = Readonly<Record<MfaNeed, number>>

export type CoverageSummary = {
  readonly total: CoverageCounts
  /** By prefix, in lower case. */
  readonly services: Readonly<Record<string, CoverageCounts>>
}

/** Counts of the whole and of each service. */
export function summaryOf(packed: Uint8Array, { services }: ActionList): CoverageSummary {
  return {
    total: countsOf(packed, 0, packed.length),
    services: Object.fromEntries(
      [...services].map(([service, { start, end }]) => [service, countsOf(packed, start, end)]),
    ),
  }
}

function countsOf(packed: Uint8Array, start: number, end: number): CoverageCounts {
  let [withoutMfa, withMfa, withFreshMfa, never] = [0, 0, 0, 0]
  for (let at = start; at < end; at++) {
    const need = NEEDS[packed[at] ?? 0]
    if (need === WITHOUT_MFA) withoutMfa++
    else if (need === WITH_MFA) withMfa++
    else if (need === WITH_FRESH_MFA) withFreshMfa++
    else never++
  }
  return { withoutMfa, withMfa, withFreshMfa, never }
}

/** By the packed reach: the place of its class in `MFA_NEEDS`. Numbers compare faster than words. */
const NEEDS = Uint8Array.from({ length: 256 }, (_, reach) => MFA_NEEDS.indexOf(needOf(reach)))
const WITHOUT_MFA = MFA_NEEDS.indexOf('withoutMfa')
const WITH_MFA = MFA_NEEDS.indexOf('withMfa')
const WITH_FRESH_MFA = MFA_NEEDS.indexOf('withFreshMfa')

/**
 * The actions of a class, in the order of the catalogue: `iam:*` stands for a service of which all
 * actions are, and `*` for everything. An empty list of actions has none.
 */
export function actionsThatNeed(
  need: MfaNeed,
  packed: Uint8Array,
  { services, actions }: ActionList,
): readonly string[] {
  const isOf = (at: number) => needOf(packed[at] ?? 0) === need
  const patterns: string[] = []
  let wholeServices = 0
  for (const [service, { start, end }] of services) {
    const names = actions.slice(start, end).filter((_, at) => isOf(start + at))
    const whole = names.length === end - start
    if (whole) wholeServices++
    patterns.push(...(whole ? [`${service}:*`] : names.map(({ name }) => name)))
  }
  return services.size > 0 && wholeServices === services.size ? ['*'] : patterns
}
