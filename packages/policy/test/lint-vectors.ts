// The vectors of the linter: vectors/policy/lint, whose format is in vectors/policy/lint/README.md.
import { readdirSync, readFileSync } from 'node:fs'
import type { FindingCode, Finding, LintOptions, PolicyKind, Severity } from '../src/index.ts'
import { SMALL_CATALOGUE } from './lint-catalogue.ts'

export type LintCase = {
  readonly title: string
  /** What the case is an example of. */
  readonly code?: FindingCode
  /** What it is nearly an example of. */
  readonly nearMissOf?: FindingCode
  readonly kind: PolicyKind
  readonly managed?: boolean
  readonly attachedTo?: LintOptions['attachedTo']
  readonly account?: string
  readonly catalogue?: boolean
  /** Lines. */
  readonly text: readonly string[]
  readonly findings: readonly {
    readonly code: FindingCode
    readonly severity: Severity
    readonly at: string
  }[]
  /** Lines of the document with the first finding of `code` corrected. */
  readonly fixed?: readonly string[]
}

const FOLDER = new URL('../../../vectors/policy/lint/', import.meta.url)

type LintVectors = { readonly title: string; readonly cases: readonly LintCase[] }

/** All but the accounts, by the name of the file. */
export function lintVectors(): readonly (readonly [name: string, vectors: LintVectors])[] {
  return readdirSync(FOLDER)
    .filter(name => name.endsWith('.json') && name !== 'accounts.json')
    .sort()
    .map(name => {
      const text = readFileSync(new URL(name, FOLDER), 'utf8')
      return [name, JSON.parse(text) as LintVectors] as const
    })
}

/** What the linter is told besides the text. */
export function optionsOf({
  kind,
  managed,
  attachedTo,
  account,
  catalogue,
}: LintCase): LintOptions {
  return {
    kind,
    ...(managed !== undefined && { managed }),
    ...(attachedTo && { attachedTo }),
    ...(account !== undefined && { account }),
    ...(catalogue === true && { catalogue: SMALL_CATALOGUE }),
  }
}

/** The stretch of the text that a finding points at. */
export function pointedAt(lines: readonly string[], { start, end }: Finding): string {
  const offset = ({ line, column }: Finding['start']) =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, column - 1)
  return lines.join('\n').slice(offset(start), offset(end))
}
