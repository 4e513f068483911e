// People before the console.
import type { Page } from 'playwright-core'
import { allow } from '../../server/test/people.ts'
import { newSigner } from '../../server/test/sign-in-people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import type { Visitor, VisitorOptions } from './browser.ts'
import { expectAccessible, visitor } from './browser.ts'
import { submitUser } from './sign-in-page.ts'

/** An administrator who has asked for a page of the console, and signed in. */
export async function administrator(
  twinlock: TestTwinlock,
  path: string,
  options: VisitorOptions = {},
): Promise<Visitor> {
  await newSigner(twinlock, 'admin', allow('*'))
  const admin = await visitor(twinlock, options)
  await admin.page.goto(`/console${path}`)
  await submitUser(admin.page, 'admin')
  await admin.page.waitForURL(url => url.pathname.startsWith('/console'))
  return admin
}

/** A user's own security credentials, whom the page leads through sign-in first. */
export async function openCredentials(page: Page, userName: string): Promise<void> {
  await page.goto('/console/security-credentials')
  await submitUser(page, userName)
  await opened(page, 'My security credentials')
}

/** Changes the own password there. */
export async function changePassword(page: Page, before: string, after: string): Promise<void> {
  await page.getByRole('button', { name: 'Change password' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Current password').fill(before)
  await dialog.getByLabel('New password', { exact: true }).fill(after)
  await dialog.getByLabel('Confirm new password').fill(after)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Your password was changed.').waitFor()
}

/** Waits for the page of that name. */
export const opened = (page: Page, heading: string | RegExp) =>
  page.getByRole('heading', { level: 1, name: heading }).waitFor()

/** Types what a dialog wants to be sure of, and goes on. */
export async function confirm(page: Page, text: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(`To confirm, type ${text}`).fill(text)
  await dialog.getByRole('button', { name: button, exact: true }).click()
}

/** What the page says that was done. */
export const told = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
