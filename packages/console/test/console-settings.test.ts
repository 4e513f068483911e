// Account settings, groups and hardware tokens in the console, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  ListAccountAliasesCommand,
  ListAttachedGroupPoliciesCommand,
} from '@aws-sdk/client-iam'
import { newUser } from '../../server/test/people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible } from './browser.ts'
import { administrator, confirm, opened, told } from './console-people.ts'

test('the password policy is changed and returns to the default', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/account-settings')
  const { page } = admin
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await opened(page, 'Edit password policy')
  await page.getByLabel('Minimum length').fill('14')
  await page.getByLabel('Require at least one symbol').check({ force: true })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await told(page, 'The password policy was changed.')
  const { PasswordPolicy } = await twinlock.iam().send(new GetAccountPasswordPolicyCommand({}))
  assert.equal(PasswordPolicy?.MinimumPasswordLength, 14)
  assert.equal(PasswordPolicy?.RequireSymbols, true)
  assert.equal(PasswordPolicy?.AllowUsersToChangePassword, true)

  await page.getByRole('button', { name: 'Return to default' }).click()
  await confirm(page, 'default', 'Delete')
  await told(page, 'The default password policy of IAM holds.')
  await assert.rejects(twinlock.iam().send(new GetAccountPasswordPolicyCommand({})), {
    name: 'NoSuchEntityException',
  })
})

test('an alias and what sign-in asks of users are set', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/account-settings')
  const { page } = admin
  await page.getByRole('button', { name: 'Create alias' }).click()
  await page.getByRole('textbox', { name: 'Account alias' }).fill('example-corp')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await told(page, "The account's alias is example-corp.")
  const { AccountAliases } = await twinlock.iam().send(new ListAccountAliasesCommand({}))
  assert.deepEqual(AccountAliases, ['example-corp'])

  await page.getByRole('button', { name: 'Edit', exact: true }).first().click()
  await page.getByRole('radio', { name: 'Require from a date on' }).check({ force: true })
  await page.getByLabel('Required from', { exact: true }).fill('2030/02/01')
  await page.getByRole('radio', { name: 'PIN, fingerprint or face' }).check({ force: true })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await told(page, 'What sign-in asks of users was changed.')
  await page.getByText(/2030/).waitFor()
  await page.getByText('PIN, fingerprint or face').waitFor()
})

test('a group is created with users and policies, and loses them again', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await newUser(twinlock, 'bob')
  await using admin = await administrator(twinlock, '/groups/create')
  const { page } = admin
  await page.getByLabel('User group name').fill('readers')
  await page.getByRole('checkbox', { name: 'Select bob' }).check({ force: true })
  await page.getByLabel('Search managed policies').fill('IAMReadOnlyAccess')
  // A search must not send the form around it.
  await page.getByLabel('Search managed policies').press('Enter')
  await page.getByRole('checkbox', { name: /IAMReadOnlyAccess$/ }).check({ force: true })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create user group' }).click()
  await told(page, 'User group readers was created.')
  const { Users = [] } = await iam.send(new GetGroupCommand({ GroupName: 'readers' }))
  assert.deepEqual(
    Users.map(({ UserName }) => UserName),
    ['bob'],
  )
  const { AttachedPolicies = [] } = await iam.send(
    new ListAttachedGroupPoliciesCommand({ GroupName: 'readers' }),
  )
  assert.deepEqual(
    AttachedPolicies.map(({ PolicyName }) => PolicyName),
    ['IAMReadOnlyAccess'],
  )

  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await confirm(page, 'readers', 'Delete')
  await opened(page, /User groups/)
  await assert.rejects(iam.send(new GetGroupCommand({ GroupName: 'readers' })), {
    name: 'NoSuchEntityException',
  })
})

test('hardware tokens are imported from a CSV of seeds, and deleted', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/hardware-tokens')
  const { page } = admin
  await page.getByRole('button', { name: 'Import tokens' }).click()
  const csv = 'serial,seedHex\nFT-1000001,3132333435363738393031323334353637383930\n'
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'seeds.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await told(page, '1 hardware token was imported.')
  await page.getByRole('checkbox', { name: 'Select FT-1000001' }).check({ force: true })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await confirm(page, 'FT-1000001', 'Delete')
  await told(page, 'Hardware token FT-1000001 was deleted.')
})
