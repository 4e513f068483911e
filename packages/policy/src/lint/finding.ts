// What the linter says of a document.
import type { Position } from '../position.ts'
import type { FindingCode } from './codes.ts'
import type { MfaEffect } from './mfa-effect.ts'

/** `error` is a hole or a lock-out, `warning` may be one, `info` is worth knowing. */
export type Severity = 'error' | 'warning' | 'info'

/** Something to think about, with its place in the document. */
export type Finding = {
  /** Stable: `MFA001`. */
  readonly code: FindingCode
  /** The code in words: `deny-misses-access-keys`. */
  readonly slug: string
  readonly severity: Severity
  readonly title: string
  /** What happens, and to whom, in plain words. */
  readonly why: string
  /** The guilty element: its first character, and the place just after its last. */
  readonly start: Position
  readonly end: Position
  /** Index of the statement, from 0; absent when the document as a whole is meant. */
  readonly statement?: number
  /** In which states of MFA the statement applies, where that is the point. */
  readonly applies?: MfaEffect
  /** The whole corrected document; computed when read. Absent where people have to decide. */
  readonly fix?: string
  /** AWS's page about it. */
  readonly documentation: string
}
