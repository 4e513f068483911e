// How bad findings are, and from where on a run of the linter fails.
import type { Finding, Severity } from '@twinlock/policy'
import { UsageError } from '../../../command-errors.ts'

/** From the mildest to the worst. */
const SEVERITIES = ['info', 'warning', 'error'] as const satisfies readonly Severity[]

/** Undefined: nothing fails. */
export type Threshold = Severity | undefined

/** @throws UsageError for a word that is none */
export function parseThreshold(text = 'error'): Threshold {
  return text === 'never' ? undefined : parseSeverity(text, '--fail-on', ', or never')
}

/** @throws UsageError for a word that is none */
export function parseSeverity(text: string, option: string, others = ''): Severity {
  const severity = SEVERITIES.find(one => one === text)
  if (severity !== undefined) return severity
  throw new UsageError(`${option} takes ${SEVERITIES.toReversed().join(', ')}${others}.`)
}

type Graded = Pick<Finding, 'severity'>

export function reaches(findings: readonly Graded[], threshold: Threshold) {
  return threshold !== undefined && findings.some(({ severity }) => isAsBadAs(severity, threshold))
}

export function isAsBadAs(severity: Severity, other: Severity) {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(other)
}

/** As in `2 errors and 1 warning in 3 documents.` */
export function summary(findings: readonly Graded[], where: string) {
  const counted = SEVERITIES.toReversed().flatMap(severity => {
    const count = findings.filter(finding => finding.severity === severity).length
    return count === 0
      ? []
      : [`${count} ${severity === 'info' || count === 1 ? severity : `${severity}s`}`]
  })
  const all = counted.length === 0 ? 'no findings' : listed(counted)
  return `${all} in ${where}.`
}

export function documentsIn(count: number) {
  return count === 1 ? 'one document' : `${count} documents`
}

function listed(words: readonly string[]) {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
