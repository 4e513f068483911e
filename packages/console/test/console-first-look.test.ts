// What people see of the console at first: nothing red that is no failure, nothing cut off, and what is overdue is marked.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UpdateAccountPasswordPolicyCommand, UpdateLoginProfileCommand } from '@aws-sdk/client-iam'
import type { Page } from 'playwright-core'
import { allow } from '../../server/test/people.ts'
import { PASSWORD, newSigner, signedIn } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { newKey, registerKey } from '../../server/test/web-security-key.ts'
import { expectAccessible, visitor } from './browser.ts'
import { administrator, opened } from './console-people.ts'
import { submitUser } from './sign-in-page.ts'

test('who may see nothing of the account is shown no error, and the way to their own credentials', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'ben')
  await using ben = await visitor(twinlock)
  const { page } = ben
  await page.goto('/console/')
  await submitUser(page, 'ben')
  await opened(page, 'IAM dashboard')
  for (const what of ['how well the account is secured', 'the users', 'the number of resources']) {
    await page.getByRole('status').getByText(`No permission to see ${what}.`).waitFor()
  }
  assert.equal(await page.getByRole('alert').count(), 0)
  await expectAccessible(page)
  await page.getByRole('link', { name: 'My security credentials' }).click()
  await opened(page, 'My security credentials')
})

test('a setting that may not be seen is told so quietly, with the action that is missing', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'kira', allow(['iam:Get*', 'iam:List*']))
  await using kira = await visitor(twinlock)
  const { page } = kira
  await page.goto('/console/account-settings')
  await submitUser(page, 'kira')
  await opened(page, 'Account settings')
  const status = page.getByRole('status').filter({ hasText: 'No permission to see what sign-in' })
  await status.getByText('twinlock:GetMFARequirement').first().waitFor()
  assert.equal(await page.getByRole('alert').count(), 0)
})

test('the top navigation stays where it is while a page is scrolled', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/simulator')
  const { page } = admin
  await opened(page, 'Policy simulator')
  await page.setViewportSize({ width: 1280, height: 300 })
  await page.mouse.move(700, 200)
  await page.mouse.wheel(0, 400)
  await page.waitForFunction(() => scrollY > 100)
  const { y } = (await page.locator('#top-navigation').boundingBox()) ?? {}
  assert.equal(y, 0)
})

test('a password is as old as its last change, and is marked once it has expired', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await newSigner(twinlock, 'hugo')
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 30 }))
  twinlock.clock.advance(31 * 86_400)
  await using admin = await administrator(twinlock, '/users')
  const { page } = admin
  await page.getByRole('row', { name: /hugo/ }).getByText('Expired').waitFor()
  assert.equal(await page.getByText('Expired').count(), 1)
  await page.goto('/console/users/hugo?tab=security_credentials')
  await page.getByText('Password expired').waitFor()
  const changed = twinlock.clock.now().toISOString()
  await iam.send(new UpdateLoginProfileCommand({ UserName: 'hugo', Password: `${PASSWORD}8` }))
  await page.reload()
  await page.locator(`time[datetime="${changed}"]`).first().waitFor()
  assert.equal(await page.getByText(/expired/i).count(), 0)
})

const SIMULATION =
  '/simulator?principal=arn:aws:iam::123456789012:user/admin&actions=iam:CreateUser&resource=*'

/** The tables of a page that are wider than their place. */
const cutTables = async (page: Page): Promise<readonly string[]> => {
  await page.getByRole('grid').first().waitFor()
  await page.waitForLoadState('networkidle')
  return page
    .getByRole('grid')
    .evaluateAll(tables =>
      tables
        .filter(table => table.clientWidth > (table.parentElement?.clientWidth ?? 0) + 1)
        .map(table => table.getAttribute('aria-label') ?? 'a table'),
    )
}

test('no table is cut off at 1280 beside the side navigation', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/users')
  const { page } = admin
  await opened(page, /Users/)
  await registerKey(await signedIn(twinlock, 'admin'), newKey(), 'a-security-key-with-a-name')
  for (const path of ['/users', '/roles', '/policies', '/security-credentials', SIMULATION]) {
    await page.goto(`/console${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    assert.deepEqual(await cutTables(page), [], path)
  }
})
