// What a browser holds in a cookie: the account, so that any node can route it, and 32 random bytes. The store has their digest
// alone: whoever reads the store, or a copy of it, signs in nowhere.
import { hash } from 'node:crypto'
import type { AccountId } from '../identifiers/account-id.ts'
import { findAccountId } from '../identifiers/account-id.ts'
import type { Random } from '../identifiers/random.ts'

const TOKEN_BYTES = 32
const TOKEN = /^(\d{12})\.[\w-]{43}$/

/** A token, and the digest by which the store knows it. */
export type BrowserToken = { readonly token: string; readonly tokenHash: string }

export function newBrowserToken(account: AccountId, random: Random): BrowserToken {
  const token = `${account}.${random(TOKEN_BYTES).toString('base64url')}`
  return { token, tokenHash: digestOf(token) }
}

/** The account and the digest of a token that a browser sent; undefined for what cannot be one. */
export function readBrowserToken(
  token: string,
): { readonly account: AccountId; readonly tokenHash: string } | undefined {
  const account = findAccountId(TOKEN.exec(token)?.[1] ?? '')
  return account && { account, tokenHash: digestOf(token) }
}

const digestOf = (token: string) => hash('sha256', token, 'base64url')
