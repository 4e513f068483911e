// Which requests are a browser's: those below the paths of sign-in and the console, and a page asked for at the root. All others are
// signed, or should be.
import type { IncomingMessage } from 'node:http'

const PATHS = ['/signin', '/console'] as const

/** Programs ask the federation endpoint; `/federation/credentials` is IAM Identity Center's. */
const FEDERATION = '/federation'

export function isForBrowsers({ method, url = '/', headers }: IncomingMessage): boolean {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  if (path === FEDERATION) return true
  if (PATHS.some(own => path === own || path.startsWith(`${own}/`))) return true
  const wantsPage = headers.accept?.includes('text/html') === true
  return path === '/' && mark < 0 && method === 'GET' && wantsPage && !headers.authorization
}
