// The otpauth:// URI that authenticator apps read from a QR code: Google Authenticator's "Key Uri Format", written as AWS
// writes it, and read in all its variants.
import { decodeBase32 } from './base32.ts'
import { FactorsError } from './errors.ts'
import type { OtpAlgorithm, OtpDigits } from './hotp.ts'
import { STEP_SECONDS, totpSecret } from './totp.ts'
import type { TotpSecret } from './totp.ts'

/** What AWS's QR codes name as issuer. */
export const AWS_ISSUER = 'Amazon Web Services'

/** What a new virtual MFA device's QR code says. */
export type VirtualDevice = {
  /** The name without its path. */
  readonly deviceName: string
  /** The account alias when there is one, otherwise the account id. */
  readonly account: string
  /** The Base32StringSeed. */
  readonly seed: string
  /** Shown by the app; without a colon, which would end it. */
  readonly issuer?: string
}

/** What an otpauth URI says. Absent parameters have their defaults: SHA-1, six digits, 30 seconds. */
export type OtpauthTotp = {
  readonly secret: TotpSecret
  readonly issuer?: string
  /** The label without the issuer: whose code it is. */
  readonly accountName: string
  readonly algorithm: OtpAlgorithm
  readonly digits: OtpDigits
  readonly periodSeconds: number
}

/** The URI in AWS's layout: the issuer twice, a literal @, and no parameter that has its default. */
export function otpauthUri({
  deviceName,
  account,
  seed,
  issuer = AWS_ISSUER,
}: VirtualDevice): string {
  const [label, name, owner] = [issuer, deviceName, account].map(encodeURIComponent)
  return `otpauth://totp/${label}:${name?.replaceAll('%40', '@')}@${owner}?secret=${seed}&issuer=${label}`
}

/**
 * What the URI of a time-based code says.
 * @throws FactorsError `InvalidOtpauthUri` that names the part at fault, `InvalidBase32` for its secret; neither repeats it
 */
export function parseOtpauthUri(text: string): OtpauthTotp {
  const uri = parseUri(text)
  if (uri.host.toLowerCase() !== 'totp') {
    throw invalid('only time-based codes (otpauth://totp/) are supported')
  }
  const parameters = uri.searchParams
  const label = parseLabel(uri.pathname)
  const issuer = parameters.get('issuer') ?? label.issuer
  return {
    secret: parseSecret(parameters.get('secret')),
    ...(issuer === undefined ? {} : { issuer }),
    accountName: label.accountName,
    algorithm: parseAlgorithm(parameters.get('algorithm') ?? 'SHA1'),
    digits: parseDigits(parameters.get('digits') ?? '6'),
    periodSeconds: parsePeriod(parameters.get('period') ?? String(STEP_SECONDS)),
  }
}

function invalid(reason: string) {
  return new FactorsError('InvalidOtpauthUri', `This is not a usable otpauth URI: ${reason}.`)
}

function parseUri(text: string) {
  const uri = URL.parse(text.trim())
  if (uri?.protocol !== 'otpauth:') throw invalid('it does not begin with otpauth://')
  return uri
}

/** `issuer:account` or `account`; the colon may be written %3A, and blanks may follow it. */
function parseLabel(pathname: string) {
  const label = decodeLabel(pathname.slice(1))
  const colon = label.indexOf(':')
  if (colon < 0) return { accountName: label.trim() }
  return { issuer: label.slice(0, colon).trim(), accountName: label.slice(colon + 1).trim() }
}

function decodeLabel(label: string) {
  try {
    return decodeURIComponent(label)
  } catch {
    throw invalid('its label has a broken percent-encoding')
  }
}

function parseSecret(text: string | null) {
  const seed = decodeBase32(text ?? '')
  if (seed.length === 0) throw invalid('it has no secret')
  return totpSecret(seed)
}

const ALGORITHMS: ReadonlyMap<string, OtpAlgorithm> = new Map([
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
  ['SHA512', 'sha512'],
])

function parseAlgorithm(text: string) {
  const algorithm = ALGORITHMS.get(text.toUpperCase().replace('-', ''))
  if (algorithm === undefined) throw invalid('its algorithm is none of SHA1, SHA256, SHA512')
  return algorithm
}

const DIGITS: ReadonlyMap<string, OtpDigits> = new Map([
  ['6', 6],
  ['7', 7],
  ['8', 8],
])

function parseDigits(text: string) {
  const digits = DIGITS.get(text)
  if (digits === undefined) throw invalid('its digits are not 6, 7 or 8')
  return digits
}

function parsePeriod(text: string) {
  const longestSeconds = 3600
  if (!/^[1-9]\d{0,3}$/.test(text) || Number(text) > longestSeconds) {
    throw invalid('its period is not a number of seconds from 1 to 3600')
  }
  return Number(text)
}
