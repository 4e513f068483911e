// Pictures of the console, as an administrator sees it.
import type { Page } from 'playwright-core'
import { consoleOpens } from '../../../console/test/sign-in-page.ts'
import { COMPANY } from '../demo/company.ts'
import { submitPassword, submitShownCode } from './sign-in.ts'
import type { Studio } from './studio.ts'
import { SIZES } from './studio.ts'

/** In pixels. */
const HIGHEST = 1100

const ARN = `arn:aws:iam::${COMPANY.accountId}`

export async function administration({ newPage, take }: Studio): Promise<void> {
  const page = await newPage('console')
  await submitPassword(page, 'ana')
  await page.getByRole('button', { name: 'Use an authenticator app' }).click()
  await submitShownCode(page, 'ana')
  await consoleOpens(page)

  await show(page, '/', 'users without MFA')
  await take(page, 'dashboard')
  await show(page, '/users', 'None, overdue')
  await take(page, 'users')
  await show(page, `/policies/edit?arn=${ARN}:policy/TicketDesk`, 'This Deny does not stop')
  await page.getByRole('button', { name: 'Go to line' }).click()
  await take(page, 'policy-editor')
  await show(page, `/simulator?${question}`, 'Implicitly denied')
  await take(page, 'simulator')

  await page.emulateMedia({ colorScheme: 'dark' })
  await show(page, '/users', 'None, overdue')
  await take(page, 'users-dark')
}

/** Shows a page of the console as far as a picture reaches, once it says that. */
async function show(page: Page, path: string, says: string): Promise<void> {
  await page.setViewportSize(SIZES.console)
  await page.goto(`/console${path}`)
  await page.getByText(says).first().waitFor()
  await page.waitForLoadState('networkidle')
  const height = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ ...SIZES.console, height: Math.min(height, HIGHEST) })
}

/** Of a developer: what he may do at any time, with MFA, and with the MFA of this hour alone. */
const question = new URLSearchParams({
  principal: `${ARN}:user/engineering/ben`,
  actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].join('\n'),
  resource: 'arn:aws:s3:::tidewater-timetables/summer.json',
}).toString()
