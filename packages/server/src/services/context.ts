// What an operation knows of the request that it serves, and the parts of the house that it may use.
import type { BrowserSession } from '../authentication/browser-sessions.ts'
import type { Caller } from '../authentication/caller.ts'
import type { SessionTokens } from '../authentication/session-tokens.ts'
import type { TotpLedger } from '../authentication/totp-ledger.ts'
import type { Authorizer } from '../authorization/authorizer.ts'
import type { AccountId } from '../identifiers/account-id.ts'
import type { Random } from '../identifiers/random.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Queries } from '../store/store.ts'

export type Context = {
  readonly account: AccountId
  readonly caller: Caller
  readonly now: Date
  /** The region that the request was signed for. */
  readonly region: string
  /** The open transaction of an operation that changes the account; committed data for all others. */
  readonly db: Queries
  readonly house: House
  readonly request: RequestFacts
  /** Of a call from the console. */
  readonly browser?: Browser
}

/** The browser that a call comes from. */
export type Browser = {
  readonly session: BrowserSession
  /** Whoever signed in, whatever role is worn. */
  readonly signedInAs: Caller
}

/** Facts of the HTTP request that condition keys and the audit need. */
export type RequestFacts = {
  readonly requestId: string
  readonly sourceIp: string
  readonly secureTransport: boolean
  readonly userAgent: string | undefined
  readonly referer: string | undefined
}

/** The parts that live as long as the server. */
export type House = {
  readonly random: Random
  readonly keyring: Keyring
  readonly totp: TotpLedger
  readonly sessionTokens: SessionTokens
  readonly authorizer: Authorizer
}
