// What a request comes to, in two words.
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { Decision as Decided } from './columns.ts'
import { DECISIONS } from './columns.ts'

export function Decision({
  decision,
  prefix,
}: {
  readonly decision: Decided
  readonly prefix?: string | undefined
}) {
  const { type, text } = DECISIONS[decision]
  return (
    <StatusIndicator type={type}>
      {prefix === undefined ? text : `${prefix}: ${text}`}
    </StatusIndicator>
  )
}
