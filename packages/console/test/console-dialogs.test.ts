// Dialogs of the console: what is under way is not cancelled, what is shown once stays, and the keyboard finds its way in and out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListEntitiesForPolicyCommand,
} from '@aws-sdk/client-iam'
import type { Page } from 'playwright-core'
import { allow, policy } from '../../server/test/people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible } from './browser.ts'
import { administrator, confirm, opened, told } from './console-people.ts'

/** Keeps the operation's requests until the test lets them go. */
async function held(page: Page, operation: string): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route(`**/${operation}`, async route => {
    await promise
    await route.continue()
  })
  return resolve
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document
    return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
  })

test('a deletion that is under way is not cancelled, and is told and read out when it is done', async () => {
  await using twinlock = await startTwinlock()
  await twinlock.iam().send(new CreateGroupCommand({ GroupName: 'developers' }))
  await using admin = await administrator(twinlock, '/groups')
  const { page } = admin
  await page.getByRole('radio', { name: 'Select developers' }).check({ force: true })
  const letGo = await held(page, 'DeleteGroup')
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await confirm(page, 'developers', 'Delete')
  const dialog = page.getByRole('dialog')
  assert.ok(await dialog.getByRole('button', { name: 'Cancel' }).isDisabled())
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Close' }).click()
  assert.equal(await dialog.count(), 1, 'it stays')
  letGo()
  await page.getByRole('status').getByText('User group developers was deleted.').first().waitFor()
  await page.getByText('No user groups').waitFor()
  assert.match(await focused(page), /^Delete/, 'the focus is where it was')
})

test('a dialog begins in its field, and Escape goes back to what opened it', async () => {
  await using twinlock = await startTwinlock()
  await twinlock.iam().send(new CreateGroupCommand({ GroupName: 'ops' }))
  await using admin = await administrator(twinlock, '/groups')
  const { page } = admin
  await page.getByRole('radio', { name: 'Select ops' }).check({ force: true })
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const field = page.getByRole('dialog').getByLabel('To confirm, type ops')
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
  assert.ok(await field.evaluate(input => input === document.activeElement))
  await expectAccessible(page)
  await page.keyboard.type('ops')
  assert.equal(await field.inputValue(), 'ops')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  assert.equal(await focused(page), 'Delete')
})

test('an access key that is being made is not lost, and its secret leaves only when one is done', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/security-credentials')
  const { page } = admin
  await opened(page, 'My security credentials')
  const letGo = await held(page, 'CreateAccessKey')
  await page.getByRole('button', { name: 'Create access key' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create access key' }).click()
  assert.ok(await dialog.getByRole('button', { name: 'Cancel' }).isDisabled())
  await page.keyboard.press('Escape')
  letGo()
  await dialog.getByText('Secret access key', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 300)
  assert.equal(await dialog.count(), 1, 'the secret is still there')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
  const { AccessKeyMetadata = [] } = await twinlock
    .iam()
    .send(new ListAccessKeysCommand({ UserName: 'admin' }))
  for (const { AccessKeyId } of AccessKeyMetadata) {
    await page
      .getByText(AccessKeyId ?? '')
      .first()
      .waitFor()
  }
})

test('a policy is attached to what is ticked, whatever was searched meanwhile', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  for (const UserName of ['bob', 'carol']) await iam.send(new CreateUserCommand({ UserName }))
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'Work', PolicyDocument: policy(allow('s3:*')) }),
  )
  const PolicyArn = Policy?.Arn ?? ''
  await using admin = await administrator(
    twinlock,
    `/policies/details?arn=${encodeURIComponent(PolicyArn)}&tab=entities_attached`,
  )
  const { page } = admin
  await page.getByRole('button', { name: 'Attach', exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  const search = dialog.getByLabel(/^Search /)
  await dialog.getByRole('checkbox', { name: /bob$/ }).check({ force: true })
  await search.fill('carol')
  await dialog.getByRole('checkbox', { name: /bob$/ }).waitFor({ state: 'detached' })
  await search.fill('')
  assert.ok(await dialog.getByRole('checkbox', { name: /bob$/ }).isChecked())
  await dialog.getByRole('checkbox', { name: /bob$/ }).uncheck({ force: true })
  await dialog.getByRole('checkbox', { name: /carol$/ }).check({ force: true })
  await dialog.getByRole('button', { name: 'Attach policy' }).click()
  await told(page, 'Work was attached to carol.')
  const { PolicyUsers = [] } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }))
  assert.deepEqual(
    PolicyUsers.map(({ UserName }) => UserName),
    ['carol'],
  )
})

test('a deletion of several users that stopped half-way says at whom, and is tried again', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  for (const UserName of ['bob', 'carol']) await iam.send(new CreateUserCommand({ UserName }))
  await using admin = await administrator(twinlock, '/users')
  const { page } = admin
  for (const name of ['bob', 'carol']) {
    await page.getByRole('checkbox', { name: `Select ${name}` }).check({ force: true })
  }
  let isRefused = false
  await page.route('**/iam/DeleteUser', route => {
    if (isRefused || !route.request().postData()?.includes('carol')) return route.continue()
    isRefused = true
    return route.fulfill({ status: 503, body: '{"code":"ServiceUnavailable","message":"Later."}' })
  })
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await confirm(page, 'delete 2 users', 'Delete')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('alert').getByText('Deleting carol, 2 of 2').waitFor()
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
  await told(page, '2 users were deleted.')
  await assert.rejects(iam.send(new GetUserCommand({ UserName: 'carol' })), {
    name: 'NoSuchEntityException',
  })
})
