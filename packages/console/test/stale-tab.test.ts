// Two windows of one browser: what is pressed in one that shows a former session is not done in the session of now.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListGroupsCommand } from '@aws-sdk/client-iam'
import type { BrowserContext, Page } from 'playwright-core'
import { allow, newRole, policy, trust } from '../../server/test/people.ts'
import { newSigner } from '../../server/test/sign-in-people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible, visitor } from './browser.ts'
import { opened, told } from './console-people.ts'
import { submitUser } from './sign-in-page.ts'

const ACTOR = { ana: /^ana @/, bob: /^bob @/ }

/** Somebody signs in as ana, and opens a page. */
async function ana(twinlock: TestTwinlock, path: string) {
  const { Arn } = await newSigner(twinlock, 'ana', allow('*'))
  await newSigner(twinlock, 'bob', allow('*'))
  const trusting = policy(trust(Arn))
  const role = { RoleName: 'Reader', AssumeRolePolicyDocument: trusting }
  await newRole(twinlock, role, allow(['iam:Get*', 'iam:List*', 'twinlock:*']))
  const browser = await visitor(twinlock)
  await browser.page.goto(`/console${path}`)
  await submitUser(browser.page, 'ana')
  await browser.page.getByRole('button', { name: ACTOR.ana }).waitFor()
  return browser
}

/** In another window bob signs in, where ana signed out. */
async function bobSignsIn(context: BrowserContext): Promise<Page> {
  const other = await context.newPage()
  await other.goto('/console/')
  await signOut(other, ACTOR.ana)
  await submitUser(other, 'bob')
  await other.getByRole('button', { name: ACTOR.bob }).waitFor()
  return other
}

async function signOut(page: Page, actor: RegExp): Promise<void> {
  await page.getByRole('button', { name: actor }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

const groupsOf = async (twinlock: TestTwinlock) =>
  (await twinlock.iam().send(new ListGroupsCommand({}))).Groups?.length

async function createGroup(page: Page): Promise<void> {
  await page.getByLabel('User group name').fill('mine')
  await page.getByRole('button', { name: 'Create user group' }).click()
}

test('what ana sends is not done as bob: the page becomes bob’s, and says so', async () => {
  await using twinlock = await startTwinlock()
  await using browser = await ana(twinlock, '/groups/create')
  const { page, context } = browser
  page.on('dialog', dialog => void dialog.accept())
  await opened(page, 'Create user group')
  await bobSignsIn(context)
  await createGroup(page)
  await told(page, /^You are bob @ 123456789012 now: .* while this page was still ana’s/)
  await page.getByRole('button', { name: ACTOR.bob }).waitFor()
  await expectAccessible(page)
  assert.equal(await groupsOf(twinlock), 0)

  // Said once.
  await page.reload()
  await page.getByRole('button', { name: ACTOR.bob }).waitFor()
  assert.equal(await page.getByText('You are bob').count(), 0)
  await createGroup(page)
  await opened(page, /User groups|mine/)
  assert.equal(await groupsOf(twinlock), 1)
})

test('who wants to keep what is typed stays on the page, which goes on doing nothing', async () => {
  await using twinlock = await startTwinlock()
  await using browser = await ana(twinlock, '/groups/create')
  const { page, context } = browser
  let asked = 0
  page.on('dialog', dialog => {
    asked += 1
    void dialog.dismiss()
  })
  await opened(page, 'Create user group')
  await bobSignsIn(context)
  await createGroup(page)
  await told(page, /in another tab since this page was loaded\. Nothing was done\./)
  await expectAccessible(page)
  assert.equal(await page.getByLabel('User group name').inputValue(), 'mine')
  const refused = page.waitForResponse(/CreateGroup$/)
  await page.getByRole('button', { name: 'Create user group' }).click()
  assert.equal((await refused).status(), 409)
  assert.equal(asked, 1)
  assert.equal(await groupsOf(twinlock), 0)
})

test('ana’s page signs nobody else out', async () => {
  await using twinlock = await startTwinlock()
  await using browser = await ana(twinlock, '/groups')
  const { page, context } = browser
  const other = await bobSignsIn(context)
  await signOut(page, ACTOR.ana)
  await told(page, /^You are bob @/)
  await other.reload()
  await other.getByRole('button', { name: ACTOR.bob }).waitFor()
})

test('a role that is put on in another window is told, and so is its end', async () => {
  await using twinlock = await startTwinlock()
  await using browser = await ana(twinlock, '/groups')
  const { page, context } = browser
  await opened(page, /User groups/)
  const other = await context.newPage()
  await other.goto('/console/switch-role?account=123456789012&roleName=Reader&displayName=Reading')
  await other.getByRole('button', { name: 'Switch role' }).click()
  await told(other, 'You act as role Reader.')
  const goTo = (name: string) => page.getByRole('link', { name, exact: true }).click()
  await goTo('Roles')
  await told(page, /^You are Reading now: .* while this page was still ana’s/)
  await told(page, /^You act as Reading/)
  await opened(page, /Roles/)

  await other.getByRole('button', { name: 'Reading' }).click()
  await other.getByRole('menuitem', { name: 'Switch back to ana' }).click()
  await other.getByRole('button', { name: ACTOR.ana }).waitFor()
  await goTo('Users')
  await told(page, /^You are ana @ 123456789012 now/)
  assert.equal(await page.getByText(/^You act as Reading/).count(), 0)
})

test('a page that is come back to becomes whoever’s it is now, without a press', async () => {
  await using twinlock = await startTwinlock()
  await using browser = await ana(twinlock, '/groups')
  const { page, context } = browser
  await opened(page, /User groups/)
  await bobSignsIn(context)
  await page.evaluate(() => window.dispatchEvent(new Event('focus')))
  await told(page, /^You are bob @/)
})

test('a page asks who is signed in once before all else, and nothing in another’s name', async () => {
  await using twinlock = await startTwinlock()
  await using browser = await ana(twinlock, '/groups')
  const { page } = browser
  const asked: (string | undefined)[] = []
  page.on('request', request => {
    const { pathname } = new URL(request.url())
    if (!pathname.startsWith('/console/api/')) return
    asked.push(request.headers()['x-twinlock-session'] === undefined ? pathname : undefined)
  })
  await page.goto('/console/')
  await opened(page, 'IAM dashboard')
  await page.waitForLoadState('networkidle')
  assert.equal(asked[0], '/console/api/signin/GetSession')
  assert.ok(asked.length > 1)
  assert.ok(asked.slice(1).every(unnamed => unnamed === undefined))
})
