// What the console says of what it could not read: never "none", never "no".
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { allow, deny } from '../../server/test/people.ts'
import { newSigner } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { visitor } from './browser.ts'
import { administrator, opened } from './console-people.ts'
import { submitUser } from './sign-in-page.ts'

const wordsOf = async (page: Page) => {
  await page.waitForLoadState('networkidle')
  return page.getByRole('main').innerText()
}

/** Who may not, where, with the words that would be false. */
const DENIED = [
  [
    'iam:GetLoginProfile',
    '/users/admin?tab=security_credentials',
    /Not enabled|Enable console access/,
  ],
  ['iam:ListUserTags', '/users/admin?tab=tags', /Tags\s*\(0\)/],
  ['iam:GetAccountPasswordPolicy', '/account-settings', /default policy of IAM/],
  ['iam:ListAccountAliases', '/account-settings', /^None$/m],
  ['iam:GetGroup', '/groups', /^0$/m],
] as const

test('who may not read something is told so, and never that there is none', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/groups/create')
  await admin.page.getByLabel('User group name').fill('developers')
  await admin.page.getByRole('button', { name: 'Create user group' }).click()
  await opened(admin.page, 'developers')

  await newSigner(twinlock, 'erin', allow('*'), deny(DENIED.map(([action]) => action)))
  await using erin = await visitor(twinlock)
  const { page } = erin
  await page.goto('/console/groups')
  await submitUser(page, 'erin')
  await opened(page, /User groups/)
  for (const [action, path, falsehood] of DENIED) {
    await page.goto(`/console${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const words = await wordsOf(page)
    assert.doesNotMatch(words, falsehood, action)
    assert.match(words, /No permission|AccessDenied/, action)
    assert.doesNotMatch(words, /^Loading/m, action)
  }
})

test('a page whose subject cannot be read has its name all the same', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/groups/nobody')
  const { page } = admin
  await opened(page, 'nobody')
  await page.getByRole('alert').getByText('nobody could not be read').waitFor()
})

test('the account menu has a way out even where nobody can say who is signed in', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/')
  const { page } = admin
  await opened(page, 'IAM dashboard')
  await page.route('**/signin/GetSession', route =>
    route.fulfill({ status: 400, body: '{"code":"Throttling","message":"Later."}' }),
  )
  await page.goto('/console/security-credentials')
  await page.getByText('Who you are could not be read').waitFor()
  await page.getByRole('button', { name: 'Account', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('IAM user name').waitFor()
})

test('a sign-out that failed says that one is still signed in', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/')
  const { page } = admin
  await opened(page, 'IAM dashboard')
  await page.route('**/console/api/sign-out', route => route.fulfill({ status: 503, body: '' }))
  await page.getByRole('button', { name: /^admin @/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByText('you are still signed in').first().waitFor()
  assert.equal(new URL(page.url()).pathname, '/console/')
})

test('a tab whose session became somebody else’s is loaded anew', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'mallory', allow('*'))
  await using admin = await administrator(twinlock, '/users')
  const { page, context } = admin
  await opened(page, /Users/)
  const other = await context.newPage()
  await other.goto('/console/')
  await other.getByRole('button', { name: /^admin @/ }).click()
  await other.getByRole('menuitem', { name: 'Sign out' }).click()
  await submitUser(other, 'mallory')
  await opened(other, 'IAM dashboard')
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await page.getByRole('button', { name: /^mallory @/ }).waitFor()
})

test('breadcrumbs are links of the console, and a page that is come to has the focus on its name', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/users/admin')
  const { page } = admin
  await opened(page, 'admin')
  const crumb = page
    .getByRole('navigation', { name: 'Breadcrumbs' })
    .getByRole('link', { name: 'Users' })
  assert.equal(await crumb.getAttribute('href'), '/console/users')
  await crumb.click()
  await opened(page, /Users/)
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  assert.match(await page.title(), /^Users · /)
})
