// A server whose root user has a password that the tests know, and root in its console.
import { ROOT_PASSWORD, submitRoot } from '../../server/test/sign-in-people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import type { WebBrowser } from '../../server/test/web-browser.ts'
import { webBrowser } from '../../server/test/web-browser.ts'
import { fileWith } from './temporary-file.ts'

/** Options of the command line that give root the password `ROOT_PASSWORD`. */
export async function rootPassword(): Promise<readonly string[]> {
  return ['--root-password-file', await fileWith('root-password', ROOT_PASSWORD)]
}

/** Root, signed in without a page; the device that root must have is put off. */
export async function rootSignedIn(twinlock: TestTwinlock): Promise<WebBrowser> {
  const root = webBrowser(twinlock)
  await submitRoot(root)
  await root.post('/signin/api/enrol/later')
  return root
}
