// The condition operators without prefix, suffix and negation: one value of the request against all
// values of the policy, of which any will do.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
import type { ConditionKeys } from '../context-keys.ts'
import type { Effect, Policy } from '../policy.ts'
import { segmentsOf } from './resources.ts'
import { contains, readAddress, readBlock } from './values/addresses.ts'
import { isCanonicalBase64 } from './values/binary.ts'
import { isTrue } from './values/booleans.ts'
import { readDate } from './values/dates.ts'
import { compareNumbers, readNumber } from './values/numbers.ts'
import { piecesOf, resolvePattern, resolveText } from './variables.ts'
import { matchesWildcards, type Pattern } from './wildcards.ts'

/** The request's keys, and the policy and statement in which the values stand. */
export type Against = {
  readonly policy: Policy
  readonly keys: ConditionKeys
  readonly Effect: Effect
}

export type Answer = 'equal' | 'unequal' | 'incomparable request' | 'malformed policy'

type Comparison = (value: string, wanted: readonly string[], against: Against) => Answer

/** Every operator but Null by its positive name. */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map(
  Object.entries<Comparison>({
    StringEquals: text((value, want) => value === want),
    StringEqualsIgnoreCase: text((value, want) => lowerCase(value) === lowerCase(want)),
    StringLike: (value, wanted, { policy, keys }) =>
      any(wanted, want => {
        const pattern = resolvePattern(piecesOf(want, policy), keys)
        return pattern !== undefined && matchesWildcards(pattern, value)
      }),
    NumericEquals: number(order => order === 0),
    NumericLessThan: number(order => order < 0),
    NumericLessThanEquals: number(order => order <= 0),
    NumericGreaterThan: number(order => order > 0),
    NumericGreaterThanEquals: number(order => order >= 0),
    DateEquals: date((time, want) => time === want),
    DateLessThan: date((time, want) => time < want),
    DateLessThanEquals: date((time, want) => time <= want),
    DateGreaterThan: date((time, want) => time > want),
    DateGreaterThanEquals: date((time, want) => time >= want),
    Bool: (value, wanted) => any(wanted, want => isTrue(value) === isTrue(want)),
    BinaryEquals: (value, wanted) => any(wanted, want => isCanonicalBase64(want) && value === want),
    IpAddress: isInBlock,
    ArnEquals: matchesArn,
    ArnLike: matchesArn,
  }),
)

/** The operator of that name, or undefined. */
export function findComparison(name: string): Comparison | undefined {
  return COMPARISONS.get(name)
}

function any(wanted: readonly string[], isMet: (want: string) => boolean): Answer {
  return wanted.some(isMet) ? 'equal' : 'unequal'
}

/** A variable without a value makes a text that nothing equals. */
function text(isEqual: (value: string, want: string) => boolean): Comparison {
  return (value, wanted, { policy, keys }) =>
    any(wanted, want => {
      const resolved = resolveText(piecesOf(want, policy), keys)
      return resolved !== undefined && isEqual(value, resolved)
    })
}

/** Lower case in context, as for a final sigma; characters of two UTF-16 units keep their case. */
function lowerCase(value: string): string {
  return value
    .split(/([\ud800-\udfff]+)/)
    .map((part, index) => (index % 2 === 0 ? part.toLowerCase() : part))
    .join('')
}

/** What is no number is unequal to every number, and neither less nor greater. */
function number(accepts: (order: number) => boolean): Comparison {
  return (value, wanted) =>
    any(wanted, want => {
      const [left, right] = [readNumber(value), readNumber(want)]
      return left !== undefined && right !== undefined && accepts(compareNumbers(left, right))
    })
}

/** What is no date is unequal to every date, and neither before nor after. */
function date(accepts: (time: bigint, want: bigint) => boolean): Comparison {
  return (value, wanted) =>
    any(wanted, want => {
      const [left, right] = [readDate(value), readDate(want)]
      return left !== undefined && right !== undefined && accepts(left, right)
    })
}

/** Unlike numbers and dates, what is no address is neither inside nor outside. */
function isInBlock(value: string, wanted: readonly string[]): Answer {
  const address = readAddress(value)
  if (address === undefined) return 'incomparable request'
  return any(wanted, want => {
    const block = readBlock(want)
    return block !== undefined && contains(block, address)
  })
}

/**
 * ArnEquals and ArnLike are the same: segment by segment, wildcards in each. The policy's
 * values are tried in order, and the first that is no ARN ends the search.
 */
function matchesArn(value: string, wanted: readonly string[], { policy, keys }: Against): Answer {
  const segments = segmentsOf(value)
  if (segments.length !== 6 || segments[0] !== 'arn') return 'incomparable request'
  for (const want of wanted) {
    const pattern = resolvePattern(piecesOf(want, policy), keys)
    if (pattern === undefined) continue
    const wantedSegments = patternSegments(pattern)
    if (wantedSegments === undefined) return 'malformed policy'
    if (wantedSegments.every((part, at) => matchesWildcards(part, segments[at] ?? '')))
      return 'equal'
  }
  return 'unequal'
}

/** Six, the first of them `arn`; the sixth keeps its colons. Otherwise it is no ARN. */
function patternSegments(pattern: Pattern): readonly Pattern[] | undefined {
  const segments: Pattern[number][][] = [[]]
  for (const part of pattern) {
    const isColon = typeof part === 'object' && part.literal === ':'
    if (isColon && segments.length < 6) segments.push([])
    else segments.at(-1)?.push(part)
  }
  const prefix = segments[0]?.map(part => (typeof part === 'object' ? part.literal : '*')).join('')
  return segments.length === 6 && prefix === 'arn' ? segments : undefined
}
