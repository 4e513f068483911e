// What a role demands of the people who assume it, in two words.
import Link from '@cloudscape-design/components/link'
import Popover from '@cloudscape-design/components/popover'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { ConsoleLink } from '../console-link.tsx'
import { links } from '../links.ts'
import { demandText } from './demand-text.ts'
import type { TrustDemand } from './trust-demand.ts'

type Props = { readonly roleName: string; readonly demand: TrustDemand }

const TYPES = {
  required: 'success',
  fresh: 'success',
  notRequired: 'warning',
  noPeople: 'info',
  nobody: 'stopped',
} as const

export function TrustMfa({ roleName, demand }: Props) {
  if (demand.kind === 'hole') return <Hole roleName={roleName} demand={demand} />
  const text = demandText(demand)
  if (demand.kind !== 'noPeople') {
    return <StatusIndicator type={TYPES[demand.kind]}>{text}</StatusIndicator>
  }
  return (
    <Popover
      dismissButton={false}
      content="Only services, identity providers or roles are trusted. Their requests carry no MFA."
    >
      <StatusIndicator type="info">{text}</StatusIndicator>
    </Popover>
  )
}

function Hole({
  roleName,
  demand,
}: Props & { readonly demand: Extract<TrustDemand, { readonly kind: 'hole' }> }) {
  const { finding } = demand
  return (
    <Popover
      header={finding.title}
      size="large"
      dismissAriaLabel="Close"
      content={
        <>
          {finding.why}{' '}
          <ConsoleLink to={links.role(roleName, '?tab=trust_relationships')}>
            Line {finding.start.line} of the trust policy
          </ConsoleLink>
          {', '}
          <Link external href={finding.documentation}>
            learn more
          </Link>
        </>
      }
    >
      <StatusIndicator type="error">{demandText(demand)}</StatusIndicator>
    </Popover>
  )
}
