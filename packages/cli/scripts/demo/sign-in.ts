// Signing in to the demo, step by step as the pages do.
import type { MfaMethod, SignInState } from '@twinlock/server/console-api'
import type { WebBrowser } from '../../../server/test/web-browser.ts'
import { webBrowser } from '../../../server/test/web-browser.ts'
import { answerWithKey } from '../../../server/test/web-security-key.ts'
import { COMPANY } from './company.ts'
import type { Device } from './devices.ts'
import { codeAt } from './devices.ts'
import type { User } from './people.ts'
import { ROOT_PASSWORD, ROOT_TOKEN, firstPasswordOf, passwordOf } from './public-secrets.ts'
import type { World } from './world.ts'

/** Somebody before the sign-in page. */
export type Person = {
  /** `root`, or the name of a user. */
  readonly name: string
  readonly password: string
  /** What is chosen when the password must be changed. */
  readonly nextPassword: string
  /** By which MFA is proved, once it is enrolled. */
  readonly device: Device | undefined
}

export const ROOT: Person = {
  name: 'root',
  password: ROOT_PASSWORD,
  nextPassword: ROOT_PASSWORD,
  device: ROOT_TOKEN,
}

export const personOf = (user: User): Person => ({
  name: user.userName,
  password: passwordOf(user),
  nextPassword: passwordOf(user),
  device: user.console?.devices[0],
})

/** With the password that the administrator gave out. */
export const newcomerOf = (user: User): Person => ({
  ...personOf(user),
  password: firstPasswordOf(user),
})

/** A browser in which that person is signed in. Enrolment is put off. */
export async function signIn(world: World, person: Person): Promise<WebBrowser> {
  const browser = webBrowser(world)
  const { name, password, nextPassword } = person
  const who =
    name === 'root'
      ? { kind: 'root', email: COMPANY.rootEmail }
      : { kind: 'user', account: COMPANY.alias, userName: name }
  let answer = await browser.post('/signin/api/password', { ...who, password })
  for (;;) {
    if (answer.status !== 200) throw new Error(`${name} is not signed in: ${answer.text}`)
    // What the server answers to a step that it took.
    const { state } = answer.body as SignInState
    if (state === 'signed-in') return browser
    if (state === 'mfa') answer = await prove(world, browser, person)
    else if (state === 'change-password') answer = await changePassword(browser, nextPassword)
    else if (state === 'enrol') answer = await browser.post('/signin/api/enrol/later')
    else throw new Error(`${name} stands at ${state}, where a person would not`)
  }
}

const changePassword = (browser: WebBrowser, newPassword: string) =>
  browser.post('/signin/api/change-password', { newPassword })

function prove({ clock, securityKeys }: World, browser: WebBrowser, { name, device }: Person) {
  if (device === undefined) throw new Error(`${name} has no device`)
  if (device.kind === 'key') {
    const key = securityKeys.get(device.deviceName)
    if (key === undefined) throw new Error(`${name} has not enrolled ${device.deviceName}`)
    return answerWithKey(browser, key)
  }
  const method: MfaMethod = device.kind === 'app' ? 'totp' : 'hardware-token'
  const code = codeAt(device, name, clock.now())
  return browser.post('/signin/api/mfa/code', { method, code })
}
