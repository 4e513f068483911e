// The buckets of sign-in's throttle (throttle.ts): who is guessed at, from where, and from which browser.
import { isIPv6 } from 'node:net'
import type { Keyring } from '../keyring/keyring.ts'
import type { FoundName, SignInName } from './sign-in-password.ts'
import type { Bucket } from './throttle.ts'

/**
 * Of one user, from all the world: at most a guess a minute, 1,440 a day. Whoever comes with the right password waits no longer
 * than that minute, however long others guess.
 */
const OF_USER = { freeGuesses: 4, longestWaitSeconds: 60 }
/** From one network, whoever is guessed at. Many people may sit behind one address. */
const FROM_ADDRESS = { freeGuesses: 20, longestWaitSeconds: 900 }
/** In a browser that the user has signed in with: it bears no one else's guesses. */
const IN_KNOWN_BROWSER = { freeGuesses: 9, longestWaitSeconds: 900 }
/** Codes and security keys of one user, on top of each device's own throttle: at most 288 codes a day once five minutes are reached. */
const SECOND_FACTORS = { freeGuesses: 9, longestWaitSeconds: 300 }

/** Of a guess at a password. */
export function passwordBuckets(
  keyring: Keyring,
  name: SignInName,
  { principal }: FoundName,
  address: string,
  knownBrowser: string | undefined,
): readonly Bucket[] {
  if (knownBrowser !== undefined) return [{ name: `browser ${knownBrowser}`, ...IN_KNOWN_BROWSER }]
  const user = principal?.principalId ?? digestOfName(keyring, name)
  return [
    { name: `user ${user}`, ...OF_USER },
    { name: `address ${networkOf(address)}`, ...FROM_ADDRESS },
  ]
}

/** Of a guess at a second factor. */
export const secondFactorBuckets = (principalId: string): readonly Bucket[] => [
  { name: `second factor ${principalId}`, ...SECOND_FACTORS },
]

/** Names that nobody has are throttled as if somebody had. People type passwords there: they are not kept as they were typed. */
function digestOfName(keyring: Keyring, name: SignInName): string {
  const text = name.kind === 'root' ? name.email : `${name.account} ${name.userName}`
  return keyring.mac('sign-in', `${name.kind} ${text.toLowerCase()}`).toString('base64url')
}

const HEXTETS = 8
const HEXTETS_OF_NETWORK = 4

/** An IPv4 address, or the /64 of an IPv6 one: whoever has one address of it has all. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, HEXTETS - first.length - last.length) }, () => '0')
  return `${[...first, ...zeros, ...last].slice(0, HEXTETS_OF_NETWORK).join(':')}::/64`
}
