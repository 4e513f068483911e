// Who signed in last, for browsers whose owner asked to be remembered. No secret is in it.
import { keep, membersOf, readKept } from '../kept.ts'

export type RememberedUser = { readonly account: string; readonly userName: string }

const KEY = 'twinlock-remembered-user'
const NOBODY: RememberedUser = { account: '', userName: '' }

export function rememberedUser(): RememberedUser {
  return readKept(KEY, userIn) ?? NOBODY
}

function userIn(text: string): RememberedUser | undefined {
  const { account, userName } = membersOf(text)
  if (typeof account !== 'string' || typeof userName !== 'string') return undefined
  return { account, userName }
}

/** Whom the page is for: a link of an account's own names it (`/signin?account=…`), else it is who is remembered. */
export function expectedUser(): RememberedUser {
  const account = new URLSearchParams(location.search).get('account')
  const remembered = rememberedUser()
  if (account === null || account === remembered.account) return remembered
  return { account, userName: '' }
}

export function remember(user: RememberedUser | undefined): void {
  keep(KEY, user && JSON.stringify(user))
}
