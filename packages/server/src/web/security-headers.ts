// Headers that every answer to a browser has (https://owasp.org/www-project-secure-headers/).
import type { PublicOrigin } from './public-origin.ts'

/** No script but our own files, no frame around us, no form that leads elsewhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'none'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TWO_YEARS_SECONDS = 63_072_000

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)',
  'cache-control': 'no-store',
} as const

/** On localhost it would bind every other server of the machine, whatever its port (RFC 6797 §8.3). */
export const securityHeaders = ({
  isSecure,
  rpId,
}: PublicOrigin): Readonly<Record<string, string>> =>
  isSecure && !/(^|\.)localhost$/.test(rpId)
    ? { ...HEADERS, 'strict-transport-security': `max-age=${TWO_YEARS_SECONDS}` }
    : HEADERS
