// What a rule is: a function from a document to what it finds, with the correction where there is
// one.
import type { FindingCode } from './codes.ts'
import type { LintedDocument, LintedStatement, Span } from './document.ts'
import type { Edit } from './edits.ts'
import type { Severity } from './finding.ts'
import type { MfaEffect } from './mfa-effect.ts'

/** What a rule found; the code says its title and, unless told here, its severity. */
export type Observation = {
  readonly code: FindingCode
  readonly at: Span
  readonly why: string
  readonly severity?: Severity
  readonly statement?: number
  readonly applies?: MfaEffect
  /** Asked for only when somebody wants the corrected document. */
  readonly fix?: () => readonly Edit[]
}

/** Looks at a document once; linear in its size. */
export type Rule = (document: LintedDocument) => readonly Observation[]

/** A rule that looks at one statement after the other. */
export function eachStatement(
  look: (statement: LintedStatement, document: LintedDocument) => readonly Observation[],
): Rule {
  return document =>
    document.statements.flatMap(statement =>
      look(statement, document).map(found => ({ statement: statement.index, ...found })),
    )
}
