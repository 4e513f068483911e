// "Assign MFA device", as somebody fills it in: during sign-in and in the console it is the same.
import type { Page } from 'playwright-core'
import { authenticatorOf } from '../../server/test/authenticator.ts'
import type { Authenticator } from '../../server/test/authenticator.ts'
import type { TestClock } from '../../server/test/twinlock.ts'
import type { Visitor } from './browser.ts'
import { consoleOpens, submitRoot } from './sign-in-page.ts'

type Kind = 'Passkey or security key' | 'Authenticator app' | 'Hardware TOTP token'

export async function chooseDevice(page: Page, kind: Kind, name: string): Promise<void> {
  if (kind !== 'Hardware TOTP token') await page.getByLabel('Device name').fill(name)
  await page.getByRole('radio', { name: kind }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('heading', { name: 'Set up device' }).waitFor()
}

/** Types the secret into an app. */
export async function scanSecret(page: Page, clock: TestClock): Promise<Authenticator> {
  await page.getByRole('img', { name: 'QR code' }).waitFor()
  await page.getByRole('button', { name: 'Show secret key' }).click()
  const shown = await page.getByText(/^\s*[A-Z2-7]{4}(\s[A-Z2-7]{4})+\s*$/).innerText()
  const secret = shown.replaceAll(/\s/g, '')
  return authenticatorOf('', secret, clock)
}

export async function submitCodes(
  page: Page,
  codes: { readonly AuthenticationCode1: string; readonly AuthenticationCode2: string },
): Promise<void> {
  await page.getByLabel('MFA code 1').fill(codes.AuthenticationCode1)
  await page.getByLabel('MFA code 2').fill(codes.AuthenticationCode2)
  // A dialog stands above the page that opened it.
  await page
    .getByRole('button', { name: /^(Add MFA|Resync|Resynchronize)$/ })
    .last()
    .click()
}

/** An authenticator app, from its name to its two codes. */
export async function addApp(page: Page, clock: TestClock, name: string): Promise<Authenticator> {
  await chooseDevice(page, 'Authenticator app', name)
  const app = await scanSecret(page, clock)
  await submitCodes(page, app.pair())
  return app
}

/** The authenticator that is plugged in, under a name. */
export async function addKey(page: Page, name: string): Promise<void> {
  await chooseDevice(page, 'Passkey or security key', name)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Root enrols what is plugged in while signing in, and signs out again. */
export async function enrolKeyOfRoot({ page, forget }: Visitor): Promise<void> {
  await page.goto('/signin')
  await submitRoot(page)
  await addKey(page, 'safe')
  await consoleOpens(page)
  await forget()
}
