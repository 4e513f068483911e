// Why a document is refused, in AWS's words: the one error that parsing throws.
import type { Position } from './position.ts'

/** What IAM and STS call it, and what Organizations does. */
type PolicyErrorCode = 'MalformedPolicyDocument' | 'MalformedPolicyDocumentException'

/**
 * A document that AWS would refuse. `message` is AWS's text verbatim and belongs on the wire, with
 * `code`; the rest is ours, for logs and the console.
 */
export class PolicyError extends Error {
  readonly code: PolicyErrorCode
  readonly position?: Position
  /** What is wrong, where AWS's own text says the same of everything. */
  readonly detail?: string

  constructor(
    message: string,
    position?: Position,
    { code = 'MalformedPolicyDocument', detail }: { code?: PolicyErrorCode; detail?: string } = {},
  ) {
    super(message)
    this.name = 'PolicyError'
    this.code = code
    if (position !== undefined) this.position = position
    if (detail !== undefined) this.detail = detail
  }
}
