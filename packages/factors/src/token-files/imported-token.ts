// A hardware token as a vendor's seed file describes it, and the checks that hold whatever the file's format.
import { FactorsError } from '../errors.ts'
import type { OtpAlgorithm } from '../hotp.ts'
import { STEP_SECONDS, totpSecret } from '../totp.ts'
import type { TotpFormat, TotpSecret } from '../totp.ts'

/** A time-based hardware token, ready to be stored: the seed is in a type that does not show it. */
export type ImportedToken = {
  /** As printed on the token, and as EnableMFADevice takes it. */
  readonly serialNumber: string
  readonly manufacturer?: string
  readonly secret: TotpSecret
  readonly format: Required<TotpFormat>
  /** How many steps the vendor found the token's clock to be ahead; negative when behind. It is `TotpState`'s. */
  readonly driftSteps: number
  /** The token's codes must not be taken before … */
  readonly startDate?: Date
  /** … or after (RFC 6030 §4.3.1 and §5, both inclusive). Whoever verifies codes has to see to it. */
  readonly expiryDate?: Date
}

/** What a file says of a token, before it is checked. Absent texts have the default of AWS's virtual devices. */
export type TokenDescription = {
  readonly serialNumber: string
  readonly seed: Buffer
  readonly manufacturer?: string | undefined
  readonly algorithm?: string | undefined
  readonly digits?: string | undefined
  readonly period?: string | undefined
}

/** IAM's serialNumberType; what does not fit it could never be enabled. */
const SERIAL_NUMBER = /^[\w+=/:,.@-]{9,256}$/

/** RFC 4226 §4, R6: at least 128 bits. The upper bound is SHA-512's block; longer keys are hashed and gain nothing. */
const [SHORTEST_SEED, LONGEST_SEED] = [16, 128]

const MANUFACTURER = /^[^\p{Cc}\p{Cs}]{1,128}$/u

const ALGORITHMS: ReadonlyMap<string, OtpAlgorithm> = new Map([
  ['SHA1', 'sha1'],
  ['SHA256', 'sha256'],
  ['SHA512', 'sha512'],
])

/**
 * The token that the file describes. No message repeats a value: in a file whose columns are mixed up, any of them may be
 * the seed.
 * @throws FactorsError `InvalidTokenFile` whose message says what is wrong
 */
export function importedToken(described: TokenDescription): ImportedToken {
  const { serialNumber, seed, manufacturer } = described
  if (!SERIAL_NUMBER.test(serialNumber)) {
    throw unusable('the serial number must have 9 to 256 characters, letters, digits and +=/:,.@_-')
  }
  if (seed.length < SHORTEST_SEED || seed.length > LONGEST_SEED) {
    throw unusable(`the seed must have ${SHORTEST_SEED} to ${LONGEST_SEED} bytes`)
  }
  if (manufacturer !== undefined && !MANUFACTURER.test(manufacturer)) {
    throw unusable('the manufacturer must have 1 to 128 printable characters')
  }
  return {
    serialNumber,
    ...(manufacturer === undefined ? {} : { manufacturer }),
    secret: totpSecret(seed),
    format: {
      algorithm: parseAlgorithm(described.algorithm ?? 'SHA1'),
      digits: parseDigits(described.digits ?? '6'),
      periodSeconds: parsePeriod(described.period ?? String(STEP_SECONDS)),
    },
    driftSteps: 0,
  }
}

/** What `importedToken` throws, for the readers to say more with. */
export function unusable(reason: string) {
  return new FactorsError('InvalidTokenFile', reason)
}

/** `SHA-256`, `HmacSHA256` and `HMAC-SHA-256` are one. */
function parseAlgorithm(text: string) {
  const name = text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  const algorithm = ALGORITHMS.get(name.replace(/^HMAC/, ''))
  if (algorithm === undefined) {
    throw unusable('the algorithm must be SHA1, SHA256 or SHA512')
  }
  return algorithm
}

function parseDigits(text: string) {
  if (text === '6') return 6
  if (text === '8') return 8
  throw unusable('the codes must have 6 or 8 digits')
}

function parsePeriod(text: string) {
  if (text === '30') return 30
  if (text === '60') return 60
  throw unusable('the period must be 30 or 60 seconds')
}
