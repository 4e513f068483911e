// Users in the console, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateGroupCommand,
  CreateUserCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListGroupsForUserCommand,
  ListUsersCommand,
  ListUserTagsCommand,
} from '@aws-sdk/client-iam'
import { newUser } from '../../server/test/people.ts'
import { newSigner } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible, visitor } from './browser.ts'
import { administrator, confirm, opened, told } from './console-people.ts'
import { consoleOpens, submitUser } from './sign-in-page.ts'

test('a user is created with a group and a password that works once for sign-in and must be changed', async () => {
  await using twinlock = await startTwinlock()
  await twinlock.iam().send(new CreateGroupCommand({ GroupName: 'developers' }))
  await using admin = await administrator(twinlock, '/users')
  const { page } = admin
  await opened(page, /Users/)
  await page.getByRole('link', { name: 'Create user' }).first().click()

  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByText('Enter a user name.').waitFor()
  await page.getByLabel('User name').fill('bob')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('checkbox', { name: 'Select developers' }).check({ force: true })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: 'Create user' }).click()

  await opened(page, 'Retrieve password')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  const password = await page.locator('code').innerText()
  assert.equal(password.length, 20)

  const iam = twinlock.iam()
  const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName: 'bob' }))
  assert.equal(LoginProfile?.PasswordResetRequired, true)
  const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName: 'bob' }))
  assert.deepEqual(
    Groups?.map(({ GroupName }) => GroupName),
    ['developers'],
  )

  await admin.forget()
  await page.goto('/signin')
  await submitUser(page, 'bob', password)
  await page
    .getByText(/new password/i)
    .first()
    .waitFor()
})

test('a user whose password is refused is not left behind half-made', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/users/create')
  const { page } = admin
  await page.getByLabel('User name').fill('bob')
  await page.getByRole('radio', { name: 'Custom password' }).check({ force: true })
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await page.getByRole('button', { name: 'Create user' }).click()
  await page.getByText('bob was not created').waitFor()
  const { Users } = await twinlock.iam().send(new ListUsersCommand({}))
  assert.deepEqual(
    Users?.map(({ UserName }) => UserName),
    ['admin'],
  )
})

test('a user is deleted by name only, with all that hangs on it', async () => {
  await using twinlock = await startTwinlock()
  await newUser(twinlock, 'bob', { Effect: 'Allow', Action: 's3:*', Resource: '*' })
  await using admin = await administrator(twinlock, '/users')
  const { page } = admin
  await page.getByRole('checkbox', { name: 'Select bob' }).check({ force: true })
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('To confirm, type bob').fill('bo')
  assert.equal(await dialog.getByRole('button', { name: 'Delete' }).isDisabled(), true)
  await expectAccessible(page)
  await confirm(page, 'bob', 'Delete')
  await told(page, 'User bob was deleted.')
  await assert.rejects(twinlock.iam().send(new GetUserCommand({ UserName: 'bob' })), {
    name: 'NoSuchEntityException',
  })
  await page.getByRole('link', { name: 'bob' }).waitFor({ state: 'detached' })
})

test('the list tells who has no MFA; search, filter, deep links and the back button work', async () => {
  await using twinlock = await startTwinlock()
  for (const UserName of ['bob', 'carol']) {
    await twinlock.iam().send(new CreateUserCommand({ UserName, Path: '/eng/' }))
  }
  await using admin = await administrator(twinlock, '/users?show=no-mfa')
  const { page } = admin
  await opened(page, 'Users (3)')
  await page.getByRole('gridcell', { name: 'None' }).first().waitFor()
  await expectAccessible(page)
  await page.getByLabel('Search users').fill('eng bob')
  await page.getByText('1 match', { exact: true }).first().waitFor()
  await page.getByRole('link', { name: 'bob' }).click()
  await opened(page, 'bob')
  await page.getByRole('tab', { name: 'Tags' }).click()
  await page.waitForURL(/tab=tags/)
  await page.reload()
  await page.getByRole('button', { name: 'Add new tag' }).waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: /Permissions policies/ }).waitFor()
  await page.goBack()
  await opened(page, 'Users (3)')
})

test('tags are added to a user', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/users/admin?tab=tags')
  const { page } = admin
  await page.getByRole('button', { name: 'Add new tag' }).click()
  await page.getByRole('combobox', { name: /Key/ }).fill('team')
  await page.getByRole('combobox', { name: /Value/ }).fill('blue')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await told(page, 'The tags of admin were saved.')
  const { Tags } = await twinlock.iam().send(new ListUserTagsCommand({ UserName: 'admin' }))
  assert.deepEqual(Tags, [{ Key: 'team', Value: 'blue' }])
})

test('a session that ended leads to sign-in and back to the page', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/users')
  const { page, context } = admin
  await page.getByRole('gridcell', { name: 'None' }).waitFor()
  await page.waitForLoadState('networkidle')
  await context.clearCookies()
  await page.getByRole('button', { name: 'Refresh users' }).click()
  await page.getByLabel('IAM user name').waitFor()
  await submitUser(page, 'admin')
  await consoleOpens(page, '/console/users')
})

test('who may not list users is told so, in AWS’s words', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'carol')
  await using carol = await visitor(twinlock)
  await carol.page.goto('/console/users')
  await submitUser(carol.page, 'carol')
  await told(carol.page, /is not authorized to perform: iam:ListUsers/)
})
