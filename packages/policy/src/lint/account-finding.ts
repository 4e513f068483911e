// What the linter says of an account and of none of its documents.
import { CODES, documentationOf, type FindingCode } from './codes.ts'
import type { Finding } from './finding.ts'

/** A finding without a place. */
export type AccountWideFinding = Pick<
  Finding,
  'code' | 'slug' | 'severity' | 'title' | 'why' | 'documentation'
> & {
  /** ARNs of those of whom it is true. */
  readonly users: readonly string[]
}

/** The finding with the texts of its code. */
export function accountWideFinding(
  code: FindingCode,
  why: string,
  users: readonly string[],
): AccountWideFinding {
  const { slug, severity, title } = CODES[code]
  return { code, slug, severity, title, why, documentation: documentationOf(code), users }
}
