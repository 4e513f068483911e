// The kind of device that proved MFA: it goes with the session, into the audit and into condition keys.
import type { Selectable } from 'kysely'
import type { Tables } from '../store/tables.ts'

/** `totp` is an authenticator app. */
export type MfaMethod = 'totp' | 'hardware-token' | 'security-key'

export type MfaDeviceKind = Selectable<Tables['mfaDevice']>['kind']

export const METHOD_OF = {
  virtual: 'totp',
  hardware: 'hardware-token',
  securityKey: 'security-key',
} as const satisfies Record<MfaDeviceKind, MfaMethod>

/** Codes can be asked for by a page that only looks like ours; a security key answers to our origin alone (NIST SP 800-63B-4 §3.2.5). */
export const isPhishingResistant = (method: MfaMethod) => method === 'security-key'
