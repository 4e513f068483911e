// Why a document is refused, in AWS's words: the one error that parsing throws.
import type { Position } from './position.ts'

/**
 * A document that AWS would refuse. `message` is AWS's text verbatim and belongs on the wire;
 * `position` is ours, for logs and the console.
 */
export class PolicyError extends Error {
  readonly code = 'MalformedPolicyDocument'
  readonly position?: Position

  constructor(message: string, position?: Position) {
    super(message)
    this.name = 'PolicyError'
    if (position !== undefined) this.position = position
  }
}
