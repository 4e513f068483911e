// Session tokens: the facts of temporary credentials, sealed by the keyring and handed to the client. Nothing is stored, and
// verifying one costs no read.
import type { AccountId } from '../identifiers/account-id.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { recent } from '../recent.ts'

/** The facts of temporary credentials. Times are seconds since the epoch. */
export type Session = {
  readonly account: AccountId
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly issuedAt: number
  readonly expiresAt: number
  readonly issuedBy: 'GetSessionToken' | 'AssumeRole'
  /** Unique id of the user or role; the account id for root. */
  readonly principalId: string
  /** When a code was verified for this session, and of which device; absent without MFA. */
  readonly mfa?: { readonly authenticatedAt: number; readonly serialNumber: string }
  /** Of AssumeRole sessions. */
  readonly role?: RoleSession
}

export type RoleSession = {
  readonly sessionName: string
  readonly sourceIdentity?: string
  /** Session tags, transitive ones of earlier sessions included. */
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  readonly transitiveTagKeys: readonly string[]
  /** Session policies as they were passed. */
  readonly policy?: string
  readonly policyArns: readonly string[]
}

export type SessionTokens = {
  /** A token of at least `minimumSize` characters. */
  readonly seal: (session: Session, minimumSize?: number) => string
  /** The session in `token`, or undefined when no key of ours sealed it. Expiry is the caller's to judge. */
  readonly open: (token: string) => Session | undefined
}

const CACHED_TOKENS = 4096
const LONGEST_TOKEN = 16_384

/** Tokens under `keyring`. Opened ones are remembered, for a client sends the same one with each request. */
export function sessionTokens(keyring: Keyring): SessionTokens {
  const opened = recent<Session>(CACHED_TOKENS)

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
      const plain = keyring.open('session', Buffer.from(token, 'base64'))
      if (plain === undefined) return undefined
      // What we sealed is what we read: the seal vouches for the shape.
      const session = JSON.parse(plain.toString()) as Session
      opened.set(token, session)
      return session
    },
  }
}
