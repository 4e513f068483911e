// What the linter says of a document, line by line, with a correction where there is one answer.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Link from '@cloudscape-design/components/link'
import LiveRegion from '@cloudscape-design/components/live-region'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Finding, Position, Severity } from '@twinlock/policy'
import { DescribedStatus } from '../described-status.tsx'

type Props = {
  readonly findings: readonly Finding[]
  /** Without the catalogue not everything is looked at. */
  readonly catalogue: 'pending' | 'error' | 'success'
  readonly onGo?: (place: Position) => void
  /** Absent where the document is only shown. */
  readonly onCorrect?: ((corrected: string) => void) | undefined
}

/** Worst first. */
const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Severity[]

const NOUNS = { error: 'error', warning: 'warning', info: 'suggestion' } as const

export function Findings({ findings, catalogue, onGo, onCorrect }: Props) {
  const bySeverity = SEVERITIES.map(severity => ({
    severity,
    found: findings.filter(finding => finding.severity === severity),
  })).filter(({ found }) => found.length > 0)
  return (
    <SpaceBetween size="s">
      <LiveRegion>
        {findings.length === 0 ? (
          <NothingFound catalogue={catalogue} />
        ) : (
          <Box variant="strong">
            {bySeverity.map(({ severity, found }) => countOf(found, severity)).join(', ')}
          </Box>
        )}
      </LiveRegion>
      {bySeverity
        .flatMap(({ found }) => found)
        .map(finding => (
          <OneFinding
            key={`${finding.code} ${finding.start.line}:${finding.start.column} ${finding.why}`}
            finding={finding}
            onGo={onGo}
            onCorrect={onCorrect}
          />
        ))}
    </SpaceBetween>
  )
}

const NOTHING = {
  pending: { type: 'loading', text: 'Looking up actions and condition keys' },
  error: { type: 'warning', text: 'Nothing found, but actions were not looked at' },
  success: { type: 'success', text: 'Nothing to correct' },
} as const

function NothingFound({ catalogue }: Pick<Props, 'catalogue'>) {
  const { type, text } = NOTHING[catalogue]
  return <StatusIndicator type={type}>{text}</StatusIndicator>
}

function countOf({ length }: readonly Finding[], severity: Severity): string {
  const noun = NOUNS[severity]
  return `${length} ${length === 1 ? noun : `${noun}s`}`
}

function OneFinding({
  finding,
  onGo,
  onCorrect,
}: {
  readonly finding: Finding
  readonly onGo: Props['onGo']
  readonly onCorrect: Props['onCorrect']
}) {
  const { code, severity, title, why, start, fix, documentation } = finding
  return (
    <ExpandableSection
      variant="inline"
      defaultExpanded={severity === 'error'}
      headerText={<DescribedStatus status={severity}>{title}</DescribedStatus>}
      headerDescription={`Ln ${start.line}, Col ${start.column} · ${code}`}
    >
      <SpaceBetween size="xs">
        <Box variant="p">{why}</Box>
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          {onGo && (
            <Button variant="inline-link" formAction="none" onClick={() => onGo(start)}>
              Go to line {start.line}
            </Button>
          )}
          {onCorrect && fix !== undefined && (
            <Button
              variant="inline-link"
              formAction="none"
              ariaLabel={`Apply correction of ${code} in line ${start.line}`}
              onClick={() => onCorrect(fix)}
            >
              Apply correction
            </Button>
          )}
          <Link external href={documentation} ariaLabel={`Learn more about ${code}`}>
            Learn more
          </Link>
        </SpaceBetween>
      </SpaceBetween>
    </ExpandableSection>
  )
}
