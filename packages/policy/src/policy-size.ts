// The size that AWS's quotas count: "IAM doesn't count white space when calculating the size of a
// policy".
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
import { isWhiteSpace } from './json.ts'

/**
 * The characters (UTF-16 units) of a document without blanks, tabs, carriage returns and line feeds
 * outside of strings.
 */
export function policySize(text: string): number {
  let size = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (!quoted && isWhiteSpace(code)) continue
    size++
    if (quoted && code === 0x5c && at + 1 < text.length) {
      at++
      size++
    } else if (code === 0x22) {
      quoted = !quoted
    }
  }
  return size
}
