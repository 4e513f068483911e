// Where a page goes whose session is no longer the browser's: to sign-in, or to itself as whoever is signed in now, who is told then.
import type { ConsoleSession } from '@twinlock/server/console-api'

/** This tab's alone, until it is read. */
const FORMER = 'twinlock-former-session'

/** The session is over: sign in, and come back to this page. */
export function signInAgain(): void {
  const { pathname, search, hash } = location
  location.assign(`/signin?returnTo=${encodeURIComponent(pathname + search + hash)}`)
}

let isAsked = false

/** Another session has taken the place of the page's. Who then stays, for what is typed in it, is asked no second time. */
export function loadAnew(former: Pick<ConsoleSession, 'Arn'>): void {
  if (isAsked) return
  isAsked = true
  try {
    sessionStorage.setItem(FORMER, former.Arn)
  } catch {
    // Refused: the page is loaded without a word.
  }
  location.reload()
}

/** The ARN of whose page this was until it was loaded anew; told once. */
export function takeFormerArn(): string | undefined {
  try {
    const arn = sessionStorage.getItem(FORMER)
    sessionStorage.removeItem(FORMER)
    return arn ?? undefined
  } catch {
    return undefined
  }
}
