// Who signed in last, for browsers whose owner asked to be remembered. No secret is in it.

export type RememberedUser = { readonly account: string; readonly userName: string }

const KEY = 'twinlock-remembered-user'
const NOBODY: RememberedUser = { account: '', userName: '' }

export function rememberedUser(): RememberedUser {
  try {
    const { account, userName } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<
      Record<keyof RememberedUser, unknown>
    >
    return typeof account === 'string' && typeof userName === 'string'
      ? { account, userName }
      : NOBODY
  } catch {
    return NOBODY
  }
}

/** Whom the page is for: a link of an account's own names it (`/signin?account=…`), else it is who is remembered. */
export function expectedUser(): RememberedUser {
  const account = new URLSearchParams(location.search).get('account')
  const remembered = rememberedUser()
  if (account === null || account === remembered.account) return remembered
  return { account, userName: '' }
}

export function remember(user: RememberedUser | undefined): void {
  if (user === undefined) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, JSON.stringify(user))
}
