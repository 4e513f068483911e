// Browsers that come by the federation endpoint.
import assert from 'node:assert/strict'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import type { Answer, WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'

/** Credentials as the parameter `Session` has them. */
export const presented = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) =>
  JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken })

export function askSigninToken(
  twinlock: TestTwinlock,
  parameters: Readonly<Record<string, string>>,
): Promise<Answer> {
  const query = new URLSearchParams({ Action: 'getSigninToken', ...parameters })
  return webBrowser(twinlock).get(`/federation?${query.toString()}`)
}

export const loginPath = (SigninToken: string, Destination = '/console/users') =>
  `/federation?${new URLSearchParams({ Action: 'login', Issuer: 'https://broker.example', Destination, SigninToken }).toString()}`

/** A link that opens the console with these credentials. */
export async function linkFor(
  twinlock: TestTwinlock,
  credentials: Credentials,
  Destination?: string,
): Promise<string> {
  const { body } = await askSigninToken(twinlock, { Session: presented(credentials) })
  return loginPath(body.SigninToken, Destination)
}

/** A new browser in which it was followed. */
export async function openFederated(
  twinlock: TestTwinlock,
  credentials: Credentials,
): Promise<WebBrowser> {
  const browser = webBrowser(twinlock)
  const { status } = await browser.get(await linkFor(twinlock, credentials))
  assert.equal(status, 302)
  return browser
}
