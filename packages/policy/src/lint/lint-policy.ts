// The doctor: what is likely to be wrong with a policy, above all with its MFA, and the corrected
// policy.
import { parsePolicy } from '../parse.ts'
import { PolicyError } from '../policy-error.ts'
import { type Position, positionsIn } from '../position.ts'
import type { Policy } from '../policy.ts'
import { CODES, documentationOf } from './codes.ts'
import { type LintOptions, locate } from './document.ts'
import { applyEdits } from './edits.ts'
import type { Finding } from './finding.ts'
import { refusal } from './refusal.ts'
import type { Observation } from './rule.ts'
import { RULES } from './rules.ts'

/** As long as a document may be as a parameter of AWS's operations. */
const LONGEST_DOCUMENT = 131_072

/** Findings come in the order of the document. A fix is computed when it is read. */
export function lintPolicy(text: string, options: LintOptions): readonly Finding[] {
  const positionAt = positionsIn(text)
  return observe(text, options)
    .map(observation => ({ observation, finding: toFinding(text, observation, positionAt) }))
    .sort((a, b) => a.observation.at.start - b.observation.at.start)
    .map(({ finding }) => finding)
}

/**
 * The document with every finding corrected that has a fix, and what was corrected, first to last.
 * A correction can bring another finding to light, which is corrected too.
 */
export function fixPolicy(
  text: string,
  options: LintOptions,
): { readonly text: string; readonly corrected: readonly Finding[] } {
  let fixed = text
  const corrected: Finding[] = []
  while (corrected.length < MOST_CORRECTIONS) {
    const next = lintPolicy(fixed, options).find(
      ({ severity, fix }) => severity !== 'info' && fix !== undefined,
    )
    if (next?.fix === undefined) break
    corrected.push(next)
    fixed = next.fix
  }
  return { text: fixed, corrected }
}

const MOST_CORRECTIONS = 200

function observe(text: string, options: LintOptions): readonly Observation[] {
  if (text.length > LONGEST_DOCUMENT) return [tooLong(text)]
  const policy = parse(text, options)
  if (policy instanceof PolicyError) {
    return refusal(text, policy, offsetOf(text, policy.position), options)
  }
  const document = locate(text, policy, options)
  return RULES.flatMap(rule => rule(document))
}

function parse(text: string, { kind, managed = false }: LintOptions): Policy | PolicyError {
  try {
    return parsePolicy(text, kind, { managed })
  } catch (error) {
    if (error instanceof PolicyError) return error
    throw error
  }
}

function tooLong({ length }: string): Observation {
  return {
    code: 'DOC001',
    at: { start: 0, end: 1 },
    why: `A document parameter has at most ${LONGEST_DOCUMENT} characters; this one has ${length}, and was not looked at any further.`,
  }
}

function offsetOf(text: string, position: Position = { line: 1, column: 1 }): number {
  let lineStart = 0
  for (let line = 1; line < position.line; line++) lineStart = text.indexOf('\n', lineStart) + 1
  return Math.min(lineStart + position.column - 1, text.length)
}

/** An observation with its texts and its places. */
export function toFinding(
  text: string,
  { code, at, why, severity, statement, applies, fix }: Observation,
  positionAt: (offset: number) => Position,
): Finding {
  const { slug, title, severity: usual } = CODES[code]
  const finding = {
    code,
    slug,
    severity: severity ?? usual,
    title,
    why,
    start: positionAt(at.start),
    end: positionAt(at.end),
    ...(statement !== undefined && { statement }),
    ...(applies && { applies }),
    documentation: documentationOf(code),
  }
  if (fix === undefined) return finding
  return {
    ...finding,
    get fix() {
      return applyEdits(text, fix())
    },
  }
}
