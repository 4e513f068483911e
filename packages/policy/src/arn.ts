// Amazon Resource Names: six segments matched one by one, the sixth with the colons it holds.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
import { type ConditionKeys, NO_KEYS } from './context-keys.ts'
import { compileTemplate } from './template-matcher.ts'
import { expandText, isPlain, type Template } from './variables.ts'

const COLON = 0x3a
/** The segments before the one that may hold colons. */
const HEAD = 5

/** Whether `text` has the six segments of an ARN. */
export function isArn(text: string): boolean {
  if (!text.startsWith('arn:')) return false
  let colon = 3
  for (let segment = 1; segment < HEAD; segment++) {
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
 * A matcher of the first five segments: it answers where in `arn` the sixth begins, or -1. The
 * segments before the first wildcard or variable are compared as one text.
 */
export function compileHead(
  segments: readonly Template[],
): (arn: string, keys: ConditionKeys) => number {
  const head = segments.slice(0, HEAD)
  const open = head.findIndex(segment => !isPlain(segment))
  const plain = open === -1 ? head.length : open
  const prefix = head
    .slice(0, plain)
    .map(segment => `${expandText(segment, NO_KEYS)}:`)
    .join('')
  const matchers = head
    .slice(plain)
    .map(segment => (isAnything(segment) ? undefined : compileTemplate(segment)))
  return (arn, keys) => {
    if (!arn.startsWith(prefix)) return -1
    let start = prefix.length
    for (const matches of matchers) {
      const end = arn.indexOf(':', start)
      if (end === -1) return -1
      if (matches !== undefined && !matches(arn, keys, start, end)) return -1
      start = end + 1
    }
    return start
  }
}

/** A lone `*`, of which there are many: not worth a call. */
function isAnything([first, ...others]: Template): boolean {
  return first?.kind === 'text' && first.text === '*' && others.length === 0
}
