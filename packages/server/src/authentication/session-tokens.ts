// Session tokens: the facts of temporary credentials, sealed by the keyring and handed to the client. Nothing is stored, and
// verifying one costs no read.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { recent } from '../recent.ts'
import type { MfaMethod } from './mfa-method.ts'

/** The facts of temporary credentials. Times are seconds since the epoch. */
export type Session = {
  readonly account: AccountId
  readonly accessKeyId: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** `Console`: a browser's, whose calls come with a cookie and are never signed. */
  readonly issuedBy: 'GetSessionToken' | 'AssumeRole' | 'GetFederationToken' | 'Console'
  /** Unique id of the user or role; the account id for root. */
  readonly principalId: string
  /** Absent without MFA. */
  readonly mfa?: MfaProof
  /** Of AssumeRole sessions. */
  readonly role?: RoleSession
  /** Of GetFederationToken sessions. */
  readonly federatedUser?: FederatedUserSession
}

/** What MFA proved for a session, and when. */
export type MfaProof = {
  readonly authenticatedAt: number
  readonly serialNumber: string
  /** Absent in tokens that were sealed before there was any but `totp`. */
  readonly method?: MfaMethod
}

/** A session in its client's hands: the secret signs, and is sealed in the token. */
export type TokenSession = Session & { readonly secretAccessKey: string }

/** What was passed when a session was made. */
type PassedToSession = {
  /** Session tags, transitive ones of earlier sessions included. */
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  /** Session policies as they were passed. */
  readonly policy?: string
  readonly policyArns: readonly string[]
}

export type RoleSession = PassedToSession & {
  readonly sessionName: string
  readonly sourceIdentity?: string
  readonly transitiveTagKeys: readonly string[]
  /** A role's session assumed it: it lasts an hour at most, in the console too. */
  readonly chained?: true
}

export type FederatedUserSession = PassedToSession & { readonly name: string }

export type SessionTokens = {
  /** A token of at least `minimumSize` characters. */
  readonly seal: (session: TokenSession, minimumSize?: number) => string
  /** The session in `token`, or undefined when no key of ours sealed it. Expiry is the caller's to judge. */
  readonly open: (token: string) => TokenSession | undefined
}

const CACHED_TOKENS = 4096
const LONGEST_TOKEN = 16_384

/** Tokens under `keyring`. Opened ones are remembered, for a client sends the same one with each request. */
export function sessionTokens(keyring: Keyring): SessionTokens {
  const opened = recent<TokenSession>(CACHED_TOKENS)

  return {
    seal(session, minimumSize = 0) {
      // Blanks mean nothing to JSON, and base64 makes four characters of three bytes.
      const text = JSON.stringify(session).padEnd(Math.ceil((minimumSize / 4) * 3))
      return keyring.seal('session', Buffer.from(text)).toString('base64')
    },

    open(token) {
      const known = opened.find(token)
      if (known !== undefined) return known
      if (token.length > LONGEST_TOKEN) return undefined
      const sealed = Buffer.from(token, 'base64')
      // One token has one text: other spellings of it would fill the memory.
      if (sealed.toString('base64') !== token) return undefined
      const plain = keyring.open('session', sealed)
      if (plain === undefined) return undefined
      // What we sealed is what we read: the seal vouches for the shape.
      const session = JSON.parse(plain.toString()) as TokenSession
      opened.set(token, session)
      return session
    },
  }
}
