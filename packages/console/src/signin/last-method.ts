// With which kind of device this browser's person signed in last.
import type { MfaMethod } from '@twinlock/server/console-api'
import { keep, readKept } from '../kept.ts'

const KEY = 'twinlock-mfa-method'

/** The safest first, for those who never chose. */
const BY_STRENGTH: readonly MfaMethod[] = ['security-key', 'totp', 'hardware-token']

export function lastMethod(methods: readonly MfaMethod[]): MfaMethod {
  return (
    readKept(KEY, last => methods.find(method => method === last)) ??
    BY_STRENGTH.find(method => methods.includes(method)) ??
    'totp'
  )
}

export const rememberMethod = (method: MfaMethod) => keep(KEY, method)
