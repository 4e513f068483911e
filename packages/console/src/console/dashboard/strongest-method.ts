import type { MfaMethod } from '@twinlock/server/console-api'

/** Strongest first: what cannot be phished, what cannot be copied, what can be either. */
const BY_STRENGTH = ['security-key', 'hardware-token', 'totp'] as const

/** The strongest kind among devices; undefined where there is none. */
export function strongestMethod(
  devices: readonly { readonly Method: MfaMethod }[] = [],
): MfaMethod | undefined {
  return BY_STRENGTH.find(method => devices.some(({ Method }) => Method === method))
}
