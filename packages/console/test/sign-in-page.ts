// The sign-in pages, as somebody fills them in.
import type { Page } from 'playwright-core'
import { PASSWORD, ROOT_PASSWORD } from '../../server/test/sign-in-people.ts'

export async function submitUser(
  page: Page,
  userName: string,
  password = PASSWORD,
  account = '123456789012',
): Promise<void> {
  await page.getByLabel('Account ID or alias').fill(account)
  await page.getByLabel('IAM user name').fill(userName)
  await submitPassword(page, password)
}

export async function submitRoot(page: Page, password = ROOT_PASSWORD): Promise<void> {
  await page.getByLabel('Root user email address').fill('root@example.com')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('heading', { name: 'Root user sign in' }).waitFor()
  await submitPassword(page, password)
}

export async function submitPassword(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

export async function submitCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('MFA code').fill(code)
  await page.getByRole('button', { name: 'Submit' }).click()
}

/** Presses the button that begins the ceremony; the authenticator that is plugged in answers. */
export const useKey = (page: Page) =>
  page.getByRole('button', { name: /^(Continue|Try again)$/ }).click()

/** Waits until the server gives a page of the console, which it gives to nobody who is not signed in. */
export const consoleOpens = (page: Page, path = '/console/') =>
  page.waitForURL(url => url.pathname.startsWith(path), { waitUntil: 'commit' })

/** What every wrong guess is answered. */
export const refused = (page: Page) =>
  page
    .getByRole('alert')
    .getByText('Your authentication information is incorrect. Please try again.')
    .waitFor()
