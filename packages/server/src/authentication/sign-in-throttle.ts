// The buckets of sign-in's throttle (throttle.ts): who is guessed at, from where, and from which browser.
import { isIPv6 } from 'node:net'
import { networkOf, siteOf } from '../networks.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { FoundName, SignInName } from './sign-in-password.ts'
import type { Bucket } from './throttle.ts'

/**
 * Of one user, from all the world: at most a guess a minute. Whoever comes with the right password from a network of its own waits no
 * longer than that minute.
 */
const OF_USER = { freeGuesses: 4, longestWaitSeconds: 60 }
/** Of one user, from one network: few enough that it takes many networks to have every minute's guess, and so to keep the user out. */
const OF_USER_FROM_NETWORK = { freeGuesses: 4, longestWaitSeconds: 3600 }
/** From one network, whoever is guessed at. Many people may sit behind one address. */
const FROM_NETWORK = { freeGuesses: 20, longestWaitSeconds: 900 }
/** From all IPv6 networks of one site, which has 65,536 of them. */
const FROM_SITE = { freeGuesses: 200, longestWaitSeconds: 300 }
/** In a browser that the user has signed in with: it bears no one else's guesses. */
const IN_KNOWN_BROWSER = { freeGuesses: 9, longestWaitSeconds: 900 }
/** Codes of one user, on top of each device's own throttle. Who guesses these knows the password. */
const CODES_OF_USER = { freeGuesses: 9, longestWaitSeconds: 900 }
const CODES_OF_USER_FROM_NETWORK = { freeGuesses: 9, longestWaitSeconds: 3600 }

/** Where a guess comes from. */
export type GuessedFrom = {
  readonly address: string
  /** The id of a browser in which the user has signed in. */
  readonly knownBrowser: string | undefined
}

/** Of a guess at a password. */
export type PasswordBuckets = {
  /** Of the user. A right password empties them. */
  readonly ofUser: readonly Bucket[]
  /**
   * Of where it came from. A right password gives back its own guess alone: if it emptied the count, whoever has one account could guess at all
   * others without end.
   */
  readonly ofPlace: readonly Bucket[]
}

export function passwordBuckets(
  keyring: Keyring,
  name: SignInName,
  { principal, account }: FoundName,
  { address, knownBrowser }: GuessedFrom,
): PasswordBuckets {
  if (knownBrowser !== undefined) {
    return { ofUser: [{ name: `browser ${knownBrowser}`, ...IN_KNOWN_BROWSER }], ofPlace: [] }
  }
  const user = principal?.principalId ?? digestOfName(keyring, name, account)
  const network = networkOf(address)
  return {
    ofUser: [
      { name: `user ${user}`, ...OF_USER },
      { name: `user ${user} from ${network}`, ...OF_USER_FROM_NETWORK },
    ],
    ofPlace: [
      { name: `address ${network}`, ...FROM_NETWORK },
      ...(isIPv6(address) ? [{ name: `site ${siteOf(address)}`, ...FROM_SITE }] : []),
    ],
  }
}

/**
 * Of a guess at a code. A security key's answer cannot be guessed: a throttle would only let whoever knows the password
 * keep the owner out.
 */
export function codeBuckets(
  principalId: string,
  { address, knownBrowser }: GuessedFrom,
): readonly Bucket[] {
  if (knownBrowser !== undefined) {
    return [{ name: `codes in browser ${knownBrowser}`, ...IN_KNOWN_BROWSER }]
  }
  const network = networkOf(address)
  return [
    { name: `codes of ${principalId}`, ...CODES_OF_USER },
    { name: `codes of ${principalId} from ${network}`, ...CODES_OF_USER_FROM_NETWORK },
  ]
}

/**
 * Names that nobody has are throttled as if somebody had: one count, whether the account is named by its id or its alias. People type
 * passwords there: they are not kept as they were typed.
 */
function digestOfName(keyring: Keyring, name: SignInName, account: FoundName['account']): string {
  const text = name.kind === 'root' ? name.email : `${account ?? name.account} ${name.userName}`
  return keyring.mac('sign-in', `${name.kind} ${text.toLowerCase()}`).toString('base64url')
}
