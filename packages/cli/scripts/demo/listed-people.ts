// People as a page of the documentation lists them, for the tests: what a reader knows, and nothing else.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeBase32, timeStep, totpCode, totpSecret } from '@twinlock/factors'
import type { Answer, WebBrowser } from '../../../server/test/web-browser.ts'
import { COMPANY } from './company.ts'

export type Listed = {
  readonly name: string
  readonly password: string
  /** In words. */
  readonly secondLock: string
  /** Empty where the page tells none. */
  readonly seed: string
}

const REPOSITORY = join(import.meta.dirname, '../../../..')
const LINE = /^\| `(.+?)` \| `(.+?)` \| (.+?) \|(?: `([A-Z2-7]+)` \|)?/gm

/** The lines of the page's tables that begin with a name and a password. */
export async function peopleIn(page: string): Promise<readonly Listed[]> {
  const text = await readFile(join(REPOSITORY, page), 'utf8')
  return [...text.matchAll(LINE)].map(
    ([, name = '', password = '', secondLock = '', seed = '']) => ({
      name,
      password,
      secondLock,
      seed,
    }),
  )
}

/** The code that the device shows now, or so many time steps later. */
export function codeOf({ secondLock, seed }: Listed, steps = 0): string {
  const [, digits = '6', period = '30'] = /(\d) digits every (\d+) s/.exec(secondLock) ?? []
  const [, minutesBehind = '0'] = /(\d+) minutes behind/.exec(secondLock) ?? []
  const clock = Date.now() / 1000 - Number(minutesBehind) * 60
  const step = timeStep(clock, Number(period)) + steps
  return totpCode(totpSecret(decodeBase32(seed)), step, { digits: digits === '8' ? 8 : 6 })
}

export function submitPassword(browser: WebBrowser, { name, password }: Listed): Promise<Answer> {
  const who =
    name === COMPANY.rootEmail
      ? { kind: 'root', email: name }
      : { kind: 'user', account: COMPANY.alias, userName: name }
  return browser.post('/signin/api/password', { ...who, password })
}

export function submitCode(browser: WebBrowser, person: Listed, steps = 0): Promise<Answer> {
  const method = person.secondLock.startsWith('hardware') ? 'hardware-token' : 'totp'
  return browser.post('/signin/api/mfa/code', { method, code: codeOf(person, steps) })
}
