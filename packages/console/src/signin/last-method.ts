// With which kind of device this browser's person signed in last.
import type { MfaMethod } from '@twinlock/server/console-api'

const KEY = 'twinlock-mfa-method'

/** The safest first, for those who never chose. */
const BY_STRENGTH: readonly MfaMethod[] = ['security-key', 'totp', 'hardware-token']

export function lastMethod(methods: readonly MfaMethod[]): MfaMethod {
  const last = localStorage.getItem(KEY)
  return (
    methods.find(method => method === last) ??
    BY_STRENGTH.find(method => methods.includes(method)) ??
    'totp'
  )
}

export const rememberMethod = (method: MfaMethod) => localStorage.setItem(KEY, method)
