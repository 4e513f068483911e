// People who sign in with a password.
import { CreateLoginProfileCommand } from '@aws-sdk/client-iam'
import { newUser } from './people.ts'
import type { TestTwinlock } from './twinlock.ts'
import type { Answer, WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'

export const PASSWORD = 'correct-Horse-7'
export const ROOT_PASSWORD = 'root-Horse-Battery-9'

/** A user with that password. */
export async function newSigner(
  twinlock: TestTwinlock,
  UserName: string,
  ...statements: Parameters<typeof newUser>[2][]
) {
  const user = await newUser(twinlock, UserName, ...statements)
  await twinlock.iam().send(new CreateLoginProfileCommand({ UserName, Password: PASSWORD }))
  return user
}

export const submitUser = (
  browser: WebBrowser,
  userName: string,
  password = PASSWORD,
  account = '123456789012',
): Promise<Answer> =>
  browser.post('/signin/api/password', { kind: 'user', account, userName, password })

export const submitRoot = (browser: WebBrowser, password = ROOT_PASSWORD): Promise<Answer> =>
  browser.post('/signin/api/password', { kind: 'root', email: 'root@example.com', password })

/** A browser in which that user is signed in, by password alone. */
export async function signedIn(twinlock: TestTwinlock, userName: string): Promise<WebBrowser> {
  const browser = webBrowser(twinlock)
  const answer = await submitUser(browser, userName)
  if (answer.body?.state !== 'signed-in') throw new Error(`not signed in: ${answer.text}`)
  return browser
}
