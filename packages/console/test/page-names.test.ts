// What every page of the console is called: in its breadcrumbs, in the browser's title, and in its first heading.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateGroupCommand, CreatePolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { allow, newRole, newUser, policy, trust } from '../../server/test/people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { administrator, opened } from './console-people.ts'

const ARN = encodeURIComponent('arn:aws:iam::123456789012:policy/Reports')

/** Address, crumbs below the first, heading. */
const PAGES: readonly (readonly [string, readonly string[], string | RegExp])[] = [
  ['/users', ['Users'], /^Users/],
  ['/users/create', ['Users', 'Create user'], /./],
  ['/users/bob', ['Users', 'bob'], 'bob'],
  ['/users/bob/attach-policies', ['Users', 'bob', 'Attach policies'], 'Attach policies to bob'],
  ['/users/bob/inline-policy', ['Users', 'bob', 'Inline policy'], /^Create inline policy/],
  ['/users/bob/inline-policy?name=own', ['Users', 'bob', 'Inline policy'], 'own'],
  ['/users/bob/assign-mfa-device', ['Users', 'bob', 'Assign MFA device'], /./],
  ['/groups', ['User groups'], /^User groups/],
  ['/groups/create', ['User groups', 'Create user group'], /./],
  ['/groups/people', ['User groups', 'people'], 'people'],
  ['/roles', ['Roles'], /^Roles/],
  ['/roles/create', ['Roles', 'Create role'], /./],
  ['/roles/Reader', ['Roles', 'Reader'], 'Reader'],
  ['/roles/Reader/trust-policy', ['Roles', 'Reader', 'Trust policy'], /trust policy of Reader$/],
  ['/policies', ['Policies'], /^Policies/],
  ['/policies/create', ['Policies', 'Create policy'], 'Create policy'],
  [`/policies/details?arn=${ARN}`, ['Policies', 'Reports'], 'Reports'],
  [`/policies/edit?arn=${ARN}`, ['Policies', 'Edit Reports'], 'Edit Reports'],
  ['/account-settings', ['Account settings'], 'Account settings'],
  ['/account-settings/password-policy', ['Account settings', 'Edit password policy'], /./],
  ['/security-credentials', ['Security credentials'], /./],
  ['/security-credentials/assign-mfa-device', ['Security credentials', 'Assign MFA device'], /./],
  ['/hardware-tokens', ['Hardware tokens'], /^Hardware tokens/],
  ['/simulator', ['Policy simulator'], 'Policy simulator'],
  ['/command-line', ['Command line'], /./],
  ['/switch-role', ['Switch role'], 'Switch role'],
  ['/nowhere', ['Page not found'], 'Page not found'],
]

test('every page is called by what it shows, in breadcrumbs, title and heading', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await newUser(twinlock, 'bob')
  await newRole(twinlock, {
    RoleName: 'Reader',
    AssumeRolePolicyDocument: policy(trust(twinlock.account)),
  })
  const PolicyDocument = policy(allow('s3:*'))
  await iam.send(new CreatePolicyCommand({ PolicyName: 'Reports', PolicyDocument }))
  await iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'own', PolicyDocument }))
  await iam.send(new CreateGroupCommand({ GroupName: 'people' }))
  await using admin = await administrator(twinlock, '/')
  const { page } = admin
  await opened(page, 'IAM dashboard')
  assert.equal(await page.title(), 'Dashboard · IAM · Twinlock')

  for (const [address, crumbs, heading] of PAGES) {
    await page.goto(`/console${address}`)
    await opened(page, heading)
    assert.equal(
      await page.title(),
      [...crumbs.toReversed(), 'IAM', 'Twinlock'].join(' · '),
      address,
    )
    const shown = page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('listitem')
    assert.deepEqual(await shown.allInnerTexts(), ['IAM', ...crumbs], address)
  }
})
