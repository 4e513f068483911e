// Passwords: argon2id (RFC 9106) with the parameters of OWASP's Password Storage Cheat Sheet, kept as PHC strings.
import { randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's second choice for argon2id; the first needs 46 MiB for each sign-in that is under way. */
const ARGON2ID = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1, outputLen: 32 }

/** The password's argon2id hash as a PHC string, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID)
}

/**
 * Whether the password is the one that was hashed. Without a hash (no such user, or no password) the same work is done
 * before the answer, which is then always false: the time taken does not tell who exists.
 */
export function verifyPassword(hashed: string | undefined, password: string): Promise<boolean> {
  return verify(hashed ?? NOBODY, password)
}

/** The classes that AWS's policies ask for, without what is easily confused (0 O, 1 l I) or eaten by a shell. */
const READABLE_CLASSES = [
  'ABCDEFGHJKLMNPQRSTUVWXYZ',
  'abcdefghijkmnopqrstuvwxyz',
  '23456789',
  '-_=+@',
]
const READABLE = READABLE_CLASSES.join('')
const SHORTEST = 8

/**
 * A random password that a person can read out and type, of all four classes that a policy may require. Each character
 * brings 5.9 bits.
 * @param length at least 8
 */
export function newPassword(length = 20): string {
  if (length < SHORTEST) throw new RangeError(`A password has at least ${SHORTEST} characters.`)
  // Drawn again until every class occurs: repairing a draw would make some passwords more likely than others.
  for (;;) {
    const password = Array.from({ length }, () => READABLE.charAt(randomInt(READABLE.length))).join(
      '',
    )
    if (READABLE_CLASSES.every(members => hasOneOf(password, members))) return password
  }
}

function hasOneOf(text: string, members: string) {
  return members.split('').some(member => text.includes(member))
}

/** A hash of nothing: random where the digest would stand, so that no password fits it. */
const NOBODY = phcString(randomBytes(16), randomBytes(ARGON2ID.outputLen))

function phcString(salt: Buffer, digest: Buffer) {
  const { memoryCost, timeCost, parallelism } = ARGON2ID
  const [saltText, digestText] = [salt, digest].map(bytes =>
    bytes.toString('base64').replaceAll('=', ''),
  )
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${saltText}$${digestText}`
}
