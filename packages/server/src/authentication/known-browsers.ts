// A browser in which somebody has signed in before, by a cookie of its own. It opens nothing. Its guesses are counted apart from
// everybody else's, so that a stranger who guesses a user's password all day does not keep that user out
// (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies). It is known by the password that it signed
// in with: cookies that somebody gathered who knew the last password are no guesses at the next.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Random } from '../identifiers/random.ts'
import type { Keyring } from '../keyring/keyring.ts'

export const KNOWN_FOR_DAYS = 90

const MS_PER_DAY = 86_400_000
const ID_BYTES = 16
const LONGEST_TOKEN = 512

/** Whose browser it is, and the mark of the password that was right in it. */
export type BrowserOwner = {
  readonly account: AccountId
  readonly principalId: string
  readonly passwordMark: string
}

type KnownBrowser = { readonly id: string; readonly until: number }

/** What the browser of this principal keeps. */
export function newKnownBrowser(
  keyring: Keyring,
  owner: BrowserOwner,
  random: Random,
  now: Date,
): string {
  const known: KnownBrowser = {
    id: random(ID_BYTES).toString('base64url'),
    until: now.getTime() + KNOWN_FOR_DAYS * MS_PER_DAY,
  }
  const sealed = keyring.seal('known-browser', Buffer.from(JSON.stringify(known)), boundTo(owner))
  return sealed.toString('base64url')
}

/** The id of a browser in which this principal has signed in; undefined for all others. */
export function findKnownBrowser(
  keyring: Keyring,
  owner: BrowserOwner,
  token: string,
  now: Date,
): string | undefined {
  if (token.length > LONGEST_TOKEN) return undefined
  const plain = keyring.open('known-browser', Buffer.from(token, 'base64url'), boundTo(owner))
  if (plain === undefined) return undefined
  // What we sealed is what we read: the seal vouches for the shape.
  const { id, until } = JSON.parse(plain.toString()) as KnownBrowser
  return now.getTime() < until ? id : undefined
}

const boundTo = ({ account, principalId, passwordMark }: BrowserOwner) =>
  `${account}/${principalId}/${passwordMark}`
