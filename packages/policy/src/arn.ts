// Amazon Resource Names as patterns: six segments matched one by one, the sixth with the colons it
// holds.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
import { isAny, matchesPattern, type Pattern } from './wildcard.ts'

/** One pattern per segment. */
export type ArnPattern = readonly [Pattern, Pattern, Pattern, Pattern, Pattern, Pattern]

const COLON = 0x3a
const ARN = [0x61, 0x72, 0x6e]

/** Whether `text` has the six segments of an ARN. */
export function isArn(text: string): boolean {
  if (!text.startsWith('arn:')) return false
  let colon = 3
  for (let segment = 1; segment < 5; segment++) {
    colon = text.indexOf(':', colon + 1)
    if (colon === -1) return false
  }
  return true
}

/** Whether two ARNs are of one partition; what is no ARN is of any. */
export function shareAPartition(one: string, other: string): boolean {
  if (!isArn(one) || !isArn(other)) return true
  for (let at = 'arn:'.length; ; at++) {
    const code = one.charCodeAt(at)
    if (code !== other.charCodeAt(at)) return false
    if (code === COLON) return true
  }
}

/**
 * The segments of a pattern, or undefined when it does not have six or does not begin with `arn`.
 */
export function arnPattern(pattern: Pattern): ArnPattern | undefined {
  const segments: Pattern[] = []
  let start = 0
  for (let segment = 0; segment < 5; segment++) {
    const colon = pattern.indexOf(COLON, start)
    if (colon === -1) return undefined
    segments.push(pattern.slice(start, colon))
    start = colon + 1
  }
  const [prefix, partition, service, region, account] = segments
  if (prefix?.length !== ARN.length || prefix.some((code, at) => code !== ARN[at])) return undefined
  if (!partition || !service || !region || !account) return undefined
  return [prefix, partition, service, region, account, pattern.slice(start)]
}

/**
 * A matcher that compares segment by segment: `*` never runs across one of the first five colons.
 * Case-sensitive.
 */
export function compileArn(pattern: ArnPattern): (arn: string) => boolean {
  const matchHead = compileHead(pattern)
  const [, , , , , last] = pattern
  return arn => {
    const resource = matchHead(arn)
    return resource !== -1 && matchesPattern(last, arn, resource)
  }
}

/**
 * A matcher of the first five segments: it answers where in `arn` the sixth begins, or -1. The
 * segments before the first wildcard are compared as one text.
 */
export function compileHead(pattern: readonly Pattern[]): (arn: string) => number {
  const wild = pattern.slice(0, 5).findIndex(segment => segment.some(code => code < 0))
  const literal = wild === -1 ? 5 : wild
  const prefix = pattern
    .slice(0, literal)
    .map(segment => `${textOf(segment)}:`)
    .join('')
  return arn => {
    if (!arn.startsWith(prefix)) return -1
    let start = prefix.length
    for (let segment = literal; segment < 5; segment++) {
      const end = arn.indexOf(':', start)
      const wanted = pattern[segment]
      if (end === -1 || wanted === undefined) return -1
      if (!isAny(wanted) && !matchesPattern(wanted, arn, start, end)) return -1
      start = end + 1
    }
    return start
  }
}

function textOf(literal: Pattern): string {
  let text = ''
  for (const code of literal) text += String.fromCharCode(code)
  return text
}
