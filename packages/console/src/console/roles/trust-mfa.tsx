// Whether a role is assumed with MFA only, as the linter sees its trust policy.
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { lintPolicy } from '@twinlock/policy'
import { TRUST_POLICY } from '../policy-editor/policy-options.ts'

export function TrustMfa({ trust }: { readonly trust: string }) {
  return needsMfa(trust) ? (
    <StatusIndicator type="success">Required</StatusIndicator>
  ) : (
    <StatusIndicator type="info">Not required</StatusIndicator>
  )
}

/** Whether the policy speaks of MFA, and the linter finds nobody who gets in without. */
function needsMfa(trust: string): boolean {
  if (!/aws:MultiFactorAuth/i.test(trust)) return false
  return !lintPolicy(trust, TRUST_POLICY).some(
    ({ code }) => code === 'TRUST002' || code.startsWith('MFA01'),
  )
}
