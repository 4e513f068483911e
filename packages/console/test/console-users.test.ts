// Users in the console, in a real browser.
import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import { openStore } from '../../server/src/store/every-engine.ts'
import { enrol } from '../../server/test/authenticator.ts'
import { allow, newUser } from '../../server/test/people.ts'
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

test('the list is filtered, searched and sorted by kind of MFA device and age of keys', async () => {
  await using twinlock = await startTwinlock()
  // The pages' clock is the browser's.
  twinlock.clock.advance(Date.now() / 1000 - twinlock.clock.seconds() - 100 * 86_400)
  await newUser(twinlock, 'bob')
  twinlock.clock.advance(50 * 86_400)
  await newUser(twinlock, 'carol')
  await enrol(twinlock.iam(), twinlock.clock, 'carol', 'phone')
  twinlock.clock.advance(50 * 86_400)
  await using admin = await administrator(twinlock, '/users?show=old-keys')
  const { page } = admin
  const shows = async (...names: readonly string[]) => {
    for (const name of names) await page.getByRole('link', { name, exact: true }).waitFor()
    assert.deepEqual(await page.getByRole('rowheader').allInnerTexts(), names)
  }
  await opened(page, /^Users/)
  await shows('bob')
  await page.getByRole('button', { name: /^Show/ }).click()
  await page.getByRole('option', { name: 'With authenticator app' }).click()
  await page.waitForURL(/show=totp/)
  await shows('carol')

  await page.goto('/console/users')
  await page.getByLabel('Search users').fill('authenticator app')
  await page.getByText('1 match', { exact: true }).first().waitFor()
  await shows('carol')
  await page.getByLabel('Search users').fill('')
  await shows('admin', 'bob', 'carol')
  const sortBy = async (name: string) => {
    await page.getByRole('button', { name }).press('Enter')
    const sorted = page.locator('[aria-sort=ascending]').getByText(name)
    await sorted.first().waitFor({ state: 'attached' })
  }
  await sortBy('Active key age')
  await shows('bob', 'carol', 'admin')
  await sortBy('MFA')
  await shows('admin', 'bob', 'carol')
})

test('what may not be seen is called so, and is not called missing', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'bob')
  await enrol(twinlock.iam(), twinlock.clock, 'bob', 'phone')
  await newSigner(twinlock, 'lister', allow(['iam:ListUsers', 'iam:GetUser']))
  await using lister = await visitor(twinlock)
  const { page } = lister
  await page.goto('/console/users')
  await submitUser(page, 'lister')
  await opened(page, 'Users (2)')
  const row = page.getByRole('row', { name: /bob/ })
  assert.equal(await row.getByText('No permission').count(), 5)
  assert.equal(await row.getByText(/None|Never|No password|No active key/).count(), 0)
  await expectAccessible(page)
  await page.goto('/console/')
  await told(page, 'Not visible to you: MFA devices of 2 users, access keys of 2 users')
  assert.equal(await page.getByText(/users? without MFA|All users have MFA/).count(), 0)
  await page.goto('/console/users/bob?tab=security_credentials')
  await opened(page, 'bob')
  await page.getByText('No permission').nth(1).waitFor()
  assert.equal(await page.getByText('Not enabled').count(), 0)
})

test('a thousand users are one call, and what is read is shown while more is on its way', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'twinlock-'))
  const database = join(folder.path, 'large.sqlite')
  await using twinlock = await startTwinlock({ database })
  await using admin = await administrator(twinlock, '/account-settings')
  await addUsers(database, twinlock.account, 1000)
  const { page } = admin
  await opened(page, 'Account settings')
  await page.waitForLoadState('networkidle')
  const calls: string[] = []
  const more = Promise.withResolvers<void>()
  await page.route('**/console/api/**', async route => {
    calls.push(new URL(route.request().url()).pathname)
    if (calls.length === 2) await more.promise
    await route.continue()
  })
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await told(page, 'Loading users 1,000 …')
  await opened(page, 'Users (1000)')
  more.resolve()
  await opened(page, 'Users (1001)')
  assert.deepEqual(calls, Array(2).fill('/console/api/signin/ListUserCredentials'))
})

/** Users with nothing but a name, all at once. */
async function addUsers(database: string, accountId: string, count: number): Promise<void> {
  await using store = await openStore(database)
  const rows = Array.from({ length: count }, (_, index) => ({
    accountId,
    userId: `AIDA${index}`,
    userName: `user-${index}`,
    userNameKey: `user-${index}`,
    path: '/',
    createDate: 0,
    permissionsBoundary: null,
    passwordLastUsed: null,
  }))
  await store.transaction(tx => tx.insertInto('user').values(rows).execute())
}

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
