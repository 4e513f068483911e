// Every page of the console: readable by everybody, at any width, in light and dark; the first one within a second.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { allow, newRole, newUser, policy, trust } from '../../server/test/people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible } from './browser.ts'
import { administrator, opened } from './console-people.ts'

const ARN = encodeURIComponent('arn:aws:iam::123456789012:policy/Work')

/** Each address with the name of its page. */
const PAGES = [
  ['/', 'IAM dashboard'],
  ['/users', /^Users/],
  ['/users/create', 'Specify user details'],
  ['/users/bob', 'bob'],
  ['/users/bob?tab=groups', 'bob'],
  ['/users/bob?tab=security_credentials', 'bob'],
  ['/users/bob/attach-policies', 'Attach policies to bob'],
  ['/users/bob/inline-policy?name=own', 'own'],
  ['/groups', /^User groups/],
  ['/groups/developers', 'developers'],
  ['/groups/developers?tab=permissions', 'developers'],
  ['/roles', /^Roles/],
  ['/roles/create', 'Select trusted entity'],
  ['/roles/Reader?tab=trust_relationships', 'Reader'],
  ['/roles/Reader/trust-policy', 'Edit trust policy of Reader'],
  ['/policies', /^Policies/],
  ['/policies/create', 'Create policy'],
  [`/policies/details?arn=${ARN}`, 'Work'],
  [`/policies/edit?arn=${ARN}`, 'Edit Work'],
  ['/hardware-tokens', /^Hardware tokens/],
  ['/account-settings', 'Account settings'],
  ['/account-settings/password-policy', 'Edit password policy'],
  ['/simulator?principal=arn:aws:iam::123456789012:user/bob', 'Policy simulator'],
  ['/switch-role', 'Switch role'],
  ['/nowhere', 'Page not found'],
] as const

async function populate(twinlock: TestTwinlock): Promise<void> {
  const iam = twinlock.iam()
  await newUser(twinlock, 'bob', allow('s3:*'))
  await iam.send(new CreateGroupCommand({ GroupName: 'developers' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'developers', UserName: 'bob' }))
  const PolicyDocument = policy(allow('s3:*'))
  await iam.send(new CreatePolicyCommand({ PolicyName: 'Work', PolicyDocument }))
  await iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'more', PolicyDocument }))
  const AssumeRolePolicyDocument = policy(trust(twinlock.account))
  await newRole(twinlock, { RoleName: 'Reader', AssumeRolePolicyDocument }, allow('iam:List*'))
}

for (const [colorScheme, width] of [
  ['light', 1440],
  ['dark', 360],
] as const) {
  test(`every page is accessible in ${colorScheme} mode, and nothing is cut off at ${width} pixels`, async () => {
    await using twinlock = await startTwinlock()
    await populate(twinlock)
    await using admin = await administrator(twinlock, '/', { colorScheme, width })
    const { page } = admin
    for (const [path, heading] of PAGES) {
      await page.goto(`/console${path}`)
      await opened(page, heading)
      await page.waitForLoadState('networkidle')
      await expectAccessible(page)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(wide <= width, `${path} is ${wide} pixels wide`)
    }
  })
}

test('the keyboard alone reaches the pages, the account menu and sign-out', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/')
  const { page } = admin
  await opened(page, 'IAM dashboard')
  const menu = page.getByRole('button', { name: /^admin @/ })
  await menu.focus()
  await page.keyboard.press('Enter')
  await expectAccessible(page)
  // Security credentials, command line, switch role, and then:
  for (let item = 0; item < 3; item++) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByLabel('IAM user name').waitFor()
  await page.goto('/console/users')
  await page.getByLabel('IAM user name').waitFor()
})
