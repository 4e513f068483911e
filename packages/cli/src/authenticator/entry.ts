// One device that the authenticator holds: its secret, and the figures of RFC 6238 that go with it.
import {
  type OtpAlgorithm,
  type OtpDigits,
  type OtpauthTotp,
  STEP_SECONDS,
  type TotpSecret,
  decodeBase32,
  totpSecret,
} from '@twinlock/factors'
import { Refusal } from '../command-errors.ts'

export type Entry = {
  readonly name: string
  readonly secret: TotpSecret
  readonly algorithm: OtpAlgorithm
  readonly digits: OtpDigits
  readonly periodSeconds: number
  /** Who wants the codes, as the otpauth URI said. */
  readonly issuer?: string
  /** For which account of theirs. */
  readonly account?: string
  /** Time steps, from the current one on, whose codes were shown already. */
  readonly shownSteps: readonly number[]
}

/** Letters that move a terminal's cursor, or hide, have no place in what `list` prints. */
const PRINTABLE = /^[^\p{C}\p{Zl}\p{Zp}]{1,128}$/u

/** @throws Refusal when the text can't be a name */
export function parseName(text: string): string {
  const name = text.trim()
  if (PRINTABLE.test(name) && !name.startsWith('-')) return name
  throw new Refusal('a name has 1 to 128 printable characters and does not begin with a dash.')
}

/**
 * The entry for what an otpauth URI says.
 * @param name absent: the URI's label
 * @throws Refusal when that label is no name
 */
export function entryFromUri(uri: OtpauthTotp, name: string = uri.accountName): Entry {
  const { secret, algorithm, digits, periodSeconds, issuer, accountName } = uri
  return {
    name: parseName(name),
    secret,
    algorithm,
    digits,
    periodSeconds,
    ...(issuer !== undefined && PRINTABLE.test(issuer) ? { issuer } : {}),
    ...(PRINTABLE.test(accountName) ? { account: accountName } : {}),
    shownSteps: [],
  }
}

/**
 * The entry for a bare Base32 seed, with the figures of AWS and of nearly everybody else: SHA-1, six digits, 30 s.
 * @throws FactorsError `InvalidBase32`, Refusal for the name or an empty seed
 */
export function entryFromSeed(seed: string, name: string): Entry {
  const bytes = decodeBase32(seed)
  if (bytes.length === 0) throw new Refusal('the seed is empty.')
  return {
    name: parseName(name),
    secret: totpSecret(bytes),
    algorithm: 'sha1',
    digits: 6,
    periodSeconds: STEP_SECONDS,
    shownSteps: [],
  }
}

/** How an entry is written inside the sealed file. */
type WrittenEntry = Omit<Entry, 'secret'> & { readonly secret: string }

export function writeEntry(entry: Entry): WrittenEntry {
  return { ...entry, secret: entry.secret.export().toString('base64') }
}

/** The inverse of `writeEntry`. What it reads was sealed by us and opened unharmed, so it has the shape. */
export function readEntry(written: WrittenEntry): Entry {
  return { ...written, secret: totpSecret(Buffer.from(written.secret, 'base64')) }
}
