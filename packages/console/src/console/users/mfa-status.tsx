// Which kinds of MFA device somebody has, in a few words.
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { MfaMethod } from '@twinlock/server/console-api'
import { MFA_KINDS } from '../../mfa/mfa-kinds.ts'

type Devices = readonly { readonly Method: MfaMethod }[]

export function MfaStatus({ devices }: { readonly devices: Devices }) {
  const text = mfaText(devices)
  if (devices.length === 0) return <StatusIndicator type="warning">{text}</StatusIndicator>
  return <StatusIndicator type="success">{text}</StatusIndicator>
}

/** `Passkey or security key, authenticator app` */
export function mfaText(devices: Devices): string {
  const kinds = [...new Set(devices.map(({ Method }) => Method))]
  if (kinds.length === 0) return 'None'
  const [first, ...others] = kinds.map(kind => MFA_KINDS[kind].label)
  return [first, ...others.map(startLow)].join(', ')
}

const startLow = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
