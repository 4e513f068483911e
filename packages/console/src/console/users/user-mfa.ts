// What a user has of MFA, and what the account demands of a user who has none.
import type { UserMfaDevice } from '@twinlock/server/console-api'
import type { MfaKind } from '../../mfa/mfa-kinds.ts'
import { ALL_MFA_KINDS, MFA_KINDS } from '../../mfa/mfa-kinds.ts'
import type { UserCredentials } from './user-credentials.ts'
import { seen } from './user-credentials.ts'

export type UserMfa = Pick<UserCredentials, 'devices' | 'strongestMethod' | 'enrolment'>

/** What there is to say, kind by kind. */
export function mfaFindings(user: UserMfa): readonly MfaFinding[] {
  const devices = seen(user.devices)
  if (devices === undefined) return []
  if (devices.length === 0) {
    return [{ status: isMfaOverdue(user) ? 'error' : 'warning', text: `None${dueText(user)}` }]
  }
  return ALL_MFA_KINDS.map(kind => ({
    kind,
    devices: devices.filter(({ Method }) => Method === kind),
  }))
    .filter(ofKind => ofKind.devices.length > 0)
    .map(findingOf)
}

export type MfaFinding = {
  readonly status: 'success' | 'warning' | 'error'
  readonly text: string
}

/** A copied key is held by two authenticators, and not accepted any more. */
function findingOf(ofKind: {
  readonly kind: MfaKind
  readonly devices: readonly UserMfaDevice[]
}): MfaFinding {
  const { label } = MFA_KINDS[ofKind.kind]
  return ofKind.devices.some(({ ClonedDate }) => ClonedDate !== undefined)
    ? { status: 'error', text: `${label}, copied` }
    : { status: 'success', text: label }
}

const DAY = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' })

function dueText(user: UserMfa): string {
  if (isMfaOverdue(user)) return ', overdue'
  const by = seen(user.enrolment)?.by
  return by === undefined ? '' : `, due ${DAY.format(by)}`
}

export const hasMfa = ({ devices }: UserMfa) => (seen(devices)?.length ?? 0) > 0

export const hasNoMfa = ({ devices }: UserMfa) => seen(devices)?.length === 0

/** The next sign-in goes no further without a device. */
export const isMfaOverdue = ({ enrolment }: UserMfa) => seen(enrolment)?.demand === 'require'

/** From who has no device to who has the strongest; undefined where that is not known. */
export function mfaStrength(user: UserMfa): number | undefined {
  if (user.devices === 'denied') return undefined
  if (user.strongestMethod === undefined) return isMfaOverdue(user) ? 0 : 1
  return 1 + STRENGTH[user.strongestMethod]
}

const STRENGTH = { totp: 1, 'hardware-token': 2, 'security-key': 3 } as const
