// A security key in a tester's hand: @twinlock/factors' own authenticator, at the pages of a test's server.
import { softwareAuthenticator } from '../../factors/test/software-authenticator.ts'
import type { AuthenticatorModel, Lie } from '../../factors/test/software-authenticator.ts'
import type { WebBrowser } from './web-browser.ts'

export type TestKey = {
  readonly register: (browser: WebBrowser, options: object, lie?: Lie) => object
  readonly answer: (browser: WebBrowser, options: object, lie?: Lie) => object
}

export function newKey(model?: AuthenticatorModel): TestKey {
  const key = softwareAuthenticator(model)
  // The options are the server's: what a browser would take.
  return {
    register: ({ origin }, options, lie) =>
      key.register(options as Parameters<typeof key.register>[0], origin, lie),
    answer: ({ origin }, options, lie) =>
      key.authenticate(options as Parameters<typeof key.authenticate>[0], origin, lie),
  }
}

/** Registers the key in the console, for who is signed in or for a user. */
export async function registerKey(
  browser: WebBrowser,
  key: TestKey,
  DeviceName: string,
  of: { readonly UserName?: string } = {},
): Promise<{ readonly SerialNumber: string; readonly Certifications?: object }> {
  const { Options } = await browser.call<{ Options: object }>(
    'signin:BeginSecurityKeyRegistration',
    { ...of, DeviceName },
  )
  const Response = key.register(browser, Options)
  return browser.call('signin:RegisterSecurityKey', { ...of, Response })
}

/** The second lock of a sign-in under way. */
export async function answerWithKey(browser: WebBrowser, key: TestKey, lie?: Lie) {
  const { body } = await browser.post('/signin/api/mfa/security-key/options')
  const response = key.answer(browser, body.options, lie)
  return browser.post('/signin/api/mfa/security-key', { response })
}
