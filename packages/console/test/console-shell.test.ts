// The frame around the console's pages, in a real browser: pages that fail, sessions that end, the theme.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { allow } from '../../server/test/people.ts'
import { PASSWORD, newSigner } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible, visitor } from './browser.ts'
import {
  administrator,
  changePassword,
  confirm,
  openCredentials,
  opened,
} from './console-people.ts'
import { rootPassword } from './root-password.ts'
import { chooseDevice } from './enrolment-page.ts'
import { consoleOpens, submitRoot, submitUser } from './sign-in-page.ts'

const goTo = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click()

test('a page whose script cannot be loaded says so; the others go on, and it comes when it is asked for again', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/groups')
  const { page } = admin
  await opened(page, /User groups/)
  await page.route(/assets\/roles-/, route => route.abort())
  await goTo(page, 'Roles')
  await opened(page, 'This page failed')
  await page.getByText('The script of this page could not be loaded').waitFor()
  await expectAccessible(page)
  await goTo(page, 'User groups')
  await opened(page, /User groups/)
  await page.goBack()
  await opened(page, 'This page failed')
  await page.unroute(/assets\/roles-/)
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await opened(page, /Roles/)
})

test('a page that throws shows its error in the frame, which goes on working', async () => {
  await using twinlock = await startTwinlock()
  const options = { provokes: /is not a function/ }
  await using admin = await administrator(twinlock, '/groups', options)
  const { page } = admin
  await opened(page, /User groups/)
  await page.route(/iam\/GetUser$/, route =>
    route.fulfill({ json: { User: { UserName: 'admin', CreateDate: 'yesterday' } } }),
  )
  await page.goto('/console/users/admin')
  await opened(page, 'This page failed')
  await page.getByText('This is a fault of the console').waitFor()
  await goTo(page, 'User groups')
  await opened(page, /User groups/)
})

test('a frame that throws says so in plain words', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/groups', { provokes: /undefined/ })
  const { page } = admin
  await opened(page, /User groups/)
  await page.route(/signin\/GetSession$/, route => route.fulfill({ json: {} }))
  await page.reload()
  await page.getByText('This is a fault of the console').waitFor()
})

test('a tab that waits at sign-in comes to its page when another tab has signed in', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('*'))
  await using alice = await visitor(twinlock)
  const { page: here, context } = alice
  await here.goto('/console/command-line')
  await here.getByLabel('IAM user name').waitFor()
  const there = await context.newPage()
  await there.goto('/signin')
  await submitUser(there, 'alice')
  await consoleOpens(there)
  await here.reload()
  await here.waitForURL(/\/console\/command-line$/)
})

test('a sign-in page that throws says so, and can be loaded again', async () => {
  await using twinlock = await startTwinlock()
  await using somebody = await visitor(twinlock, { provokes: /undefined/ })
  const { page } = somebody
  await page.route(/signin\/api\/state$/, route => route.fulfill({ json: { state: 'mfa' } }))
  await page.goto('/signin')
  await page.getByRole('alert').getByText('Something went wrong on this page').waitFor()
  await expectAccessible(page)
  await page.unroute(/signin\/api\/state$/)
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await page.getByLabel('IAM user name').waitFor()
})

test('a changed password signs out everywhere else', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  await using elsewhere = await visitor(twinlock)
  await openCredentials(elsewhere.page, 'alice')
  const { page } = alice
  await openCredentials(page, 'alice')
  await changePassword(page, PASSWORD, 'Another-Horse-8')
  await page.reload()
  await page.getByRole('heading', { name: 'My security credentials' }).waitFor()
  await elsewhere.page.reload()
  await elsewhere.page.waitForURL(/\/signin/)
})

test('signing out everywhere ends every session, this one too', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  await using elsewhere = await visitor(twinlock)
  await openCredentials(elsewhere.page, 'alice')
  await openCredentials(alice.page, 'alice')
  await alice.page.getByText('This one').waitFor()
  await alice.page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await confirm(alice.page, 'sign out', 'Sign out')
  await alice.page.waitForURL(/\/signin/)
  await elsewhere.page.reload()
  await elsewhere.page.waitForURL(/\/signin\?/)
})

test('a session whose time is over leads to sign-in, and back to the very page', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/users/admin?tab=groups')
  const { page } = admin
  await opened(page, 'admin')
  await page.waitForLoadState('networkidle')
  twinlock.clock.advance(12 * 3600)
  await page.getByRole('tab', { name: 'Tags' }).click()
  await page.getByLabel('IAM user name').waitFor()
  await submitUser(page, 'admin')
  await page.waitForURL(/\/console\/users\/admin\?tab=tags$/)
  await page.getByRole('button', { name: 'Add new tag' }).waitFor()
})

test('of two tabs one signs out: the other is led to sign-in at its next request, and to that page after it', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/groups')
  const { page: here, context } = admin
  await opened(here, /User groups/)
  const there = await context.newPage()
  await there.goto('/console/policies')
  await there.getByRole('button', { name: /^admin @/ }).click()
  await there.getByRole('menuitem', { name: 'Sign out' }).click()
  await there.getByLabel('IAM user name').waitFor()

  await goTo(here, 'Roles')
  await here.getByLabel('IAM user name').waitFor()
  await submitUser(here, 'admin')
  await opened(here, /Roles/)
  await there.reload()
  await consoleOpens(there)
})

const isDark = (page: Page) => page.locator('body.awsui-dark-mode').count()

test('the theme follows the system until it is chosen; the choice outlives reloads and holds for sign-in too', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/groups')
  const { page } = admin
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Theme' }).click()
    await page.getByRole('menuitemcheckbox', { name, exact: true }).click()
  }
  await opened(page, /User groups/)
  assert.equal(await isDark(page), 0)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('body.awsui-dark-mode').waitFor()

  await choose('Light')
  assert.equal(await isDark(page), 0)
  await page.emulateMedia({ colorScheme: 'light' })
  await choose('Dark')
  assert.equal(await isDark(page), 1)
  await page.reload()
  await opened(page, /User groups/)
  assert.equal(await isDark(page), 1)
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Dark', checked: true }).waitFor()
  await page.keyboard.press('Escape')
  await choose('As the system')
  assert.equal(await isDark(page), 0)
  await choose('Dark')
  await admin.forget()
  await page.goto('/signin')
  await page.getByLabel('IAM user name').waitFor()
  assert.equal(await isDark(page), 1)
})

/** Texts that have the colour of what is behind them. */
const illegible = (page: Page) =>
  page.evaluate(() => {
    const backgroundOf = (element: Element): string => {
      const { backgroundColor } = getComputedStyle(element)
      const isClear = /^rgba\(.*, 0\)$/.test(backgroundColor)
      return isClear && element.parentElement
        ? backgroundOf(element.parentElement)
        : backgroundColor
    }
    const opaque = (color: string) => color.replace(/^rgba\((.*), [\d.]+\)$/, 'rgb($1)')
    return [...document.body.querySelectorAll('*')]
      .filter(element =>
        [...element.childNodes].some(
          ({ nodeType, textContent }) => nodeType === 3 && textContent?.trim(),
        ),
      )
      .filter(element =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
      )
      .filter(element => opaque(getComputedStyle(element).color) === opaque(backgroundOf(element)))
      .map(({ outerHTML }) => outerHTML.slice(0, 200))
  })

test('where the system forces its colours, every text stands out', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  const options = { colorScheme: 'dark', forcedColors: 'active' } as const
  await using root = await visitor(twinlock, options)
  const { page } = root
  await page.goto('/signin')
  await page.getByLabel('IAM user name').waitFor()
  assert.deepEqual(await illegible(page), [])
  await submitRoot(page)
  await chooseDevice(page, 'Authenticator app', 'safe')
  assert.deepEqual(await illegible(page), [])
  await using admin = await administrator(twinlock, '/groups', options)
  await opened(admin.page, /User groups/)
  await admin.page.waitForLoadState('networkidle')
  assert.deepEqual(await illegible(admin.page), [])
})
