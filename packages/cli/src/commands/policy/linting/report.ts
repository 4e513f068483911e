// Findings as people read them: the place, the line with the guilty part marked, why, and what the correction changes.
import type {
  AccountFinding,
  AccountWideFinding,
  Finding,
  PolicyKind,
  Severity,
} from '@twinlock/policy'
import { placeOf } from '../../../account/policy-document.ts'
import { foldedBelow } from '../../../terminal/folded.ts'
import type { Paint } from '../../../terminal/paint.ts'
import { printable } from '../../../terminal/printable.ts'
import { cutLine, excerpt } from './excerpt.ts'
import { lineDiff } from './line-diff.ts'

const STYLES = { error: 'red', warning: 'yellow', info: 'cyan' } as const satisfies Record<
  Severity,
  string
>

type Layout = { readonly paint: Paint; readonly columns: number }

/** A document and what is to be said of it. */
export type Linted = {
  /** The path of a file, or a policy's place in an account. */
  readonly name: string
  readonly kind: PolicyKind
  readonly text: string
  /** ARNs of those who have the policy, where it is of an account. */
  readonly principals?: readonly string[]
  readonly findings: readonly AccountFinding[]
}

/** The findings of one document, an empty line after each. */
export function reportOf(
  { name, text, principals = [], findings }: Linted,
  layout: Layout,
): readonly string[] {
  return findings.flatMap(({ finding, users }) => [
    ...reportOfFinding(finding, { name, text, layout }),
    ...holdersLines(users ?? principals, layout),
    '',
  ])
}

/** A finding that is in no document, an empty line after it. */
export function reportOfAccount(
  { severity, code, slug, title, why, documentation, users }: AccountWideFinding,
  layout: Layout,
): readonly string[] {
  const { paint, columns } = layout
  return [
    paint([STYLES[severity], 'bold'], `account: ${severity} ${code} (${slug})`),
    ...foldedBelow(`${title}.`, columns, ['  ', '  ']).map(line => paint('bold', line)),
    '',
    ...foldedBelow(printable(why), columns, ['  ', '  ']),
    '',
    `  ${paint('dim', documentation)}`,
    ...holdersLines(users, layout),
    '',
  ]
}

type Place = { readonly name: string; readonly text: string; readonly layout: Layout }

function reportOfFinding(
  finding: Finding,
  { name, text, layout: { paint, columns } }: Place,
): readonly string[] {
  const { severity, code, slug, title, why, start, documentation, fix } = finding
  const style = STYLES[severity]
  const heading = `${placeOf(name, start)}: ${severity} ${code} (${slug})`
  const [quoted = '', carets = ''] = excerpt(text, finding, columns - 2)
  const diff = fix === undefined ? [] : changesBetween(text, fix, columns)
  return [
    paint([style, 'bold'], heading),
    ...foldedBelow(`${title}.`, columns, ['  ', '  ']).map(line => paint('bold', line)),
    '',
    `  ${quoted}`,
    `  ${paint(style, carets)}`,
    '',
    ...foldedBelow(printable(why), columns, ['  ', '  ']),
    ...(diff.length === 0 ? [] : ['', ...diff.map(line => paintChange(line, paint, columns))]),
    '',
    `  ${paint('dim', documentation)}`,
  ]
}

/** Of documents whose changed lines don't fit, such as those in one line, what they say is compared, line by line. */
function changesBetween(before: string, after: string, columns: number): readonly string[] {
  const changes = lineDiff(before, after)
  const fits = changes.every(line => line.startsWith(' ') || line.length <= columns)
  if (fits) return changes
  try {
    return lineDiff(spread(before), spread(after))
  } catch {
    return changes
  }
}

function spread(text: string) {
  return JSON.stringify(JSON.parse(text), null, 2)
}

function paintChange(line: string, paint: Paint, columns: number) {
  const shown = `  ${cutLine(printable(line.replaceAll('\t', '  ')), columns - 2)}`
  if (line.startsWith('-')) return paint('red', shown)
  return line.startsWith('+') ? paint('green', shown) : shown
}

const FEW = 5

/** Whom a policy of an account is about. */
function holdersLines(arns: readonly string[], { columns }: Layout): readonly string[] {
  if (arns.length === 0) return []
  const more = arns.length > FEW ? ` and ${arns.length - FEW} more` : ''
  return foldedBelow(`of ${arns.slice(0, FEW).join(', ')}${more}`, columns, ['  ', '    '])
}

/** The findings as JSON, in a shape that README.md describes and that only grows. */
export function findingsJson(
  linted: readonly Linted[],
  account: readonly AccountWideFinding[] | undefined,
): string {
  const documents = linted.map(({ name, kind, principals, findings }) => ({
    name,
    kind,
    ...(principals !== undefined && { principals }),
    findings: findings.map(({ finding, users }) => ({
      ...finding,
      ...(users !== undefined && { users }),
    })),
  }))
  return JSON.stringify({ documents, ...(account && { account }) }, null, 2)
}
