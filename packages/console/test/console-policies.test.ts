// Policies, roles and the simulator in the console, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  GetPolicyCommand,
  GetRoleCommand,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam'
import { allow, newRole, newUser, policy, trust } from '../../server/test/people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible } from './browser.ts'
import { administrator, confirm, opened, told } from './console-people.ts'
import { write } from './policy-writing.ts'

const HOLE = policy({
  Sid: 'DenyWithoutMFA',
  Effect: 'Deny',
  NotAction: ['iam:EnableMFADevice', 'iam:CreateVirtualMFADevice', 'sts:GetSessionToken'],
  Resource: '*',
  Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
})

const arnOf = (name: string) => `arn:aws:iam::123456789012:policy/${name}`

const detailsOf = (name: string, more = '') =>
  `/policies/details?arn=${encodeURIComponent(arnOf(name))}${more}`

test('a policy with an error is not sent: the line is told, and the mended one is created', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/policies/create')
  const { page } = admin
  await page.getByLabel('Policy name').fill('Reports')
  await write(
    page,
    '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "allow", "Action": "s3:*", "Resource": "*" }\n  ]\n}',
  )
  await page.getByText('AWS refuses this document').waitFor()
  await page.getByText('Effect is "Allow" or "Deny", in this spelling').waitFor()
  await page.getByText(/^Ln 4, Col \d+ · DOC003/).waitFor()
  await page.getByText('Errors: 2').first().waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create policy' }).click()
  assert.match(page.url(), /policies\/create$/)

  await page.getByRole('button', { name: /Apply correction of DOC003/ }).click()
  await page.getByText('Nothing to correct').first().waitFor()
  await page.getByRole('button', { name: 'Create policy' }).click()
  await told(page, 'Policy Reports was created.')
  await twinlock.iam().send(new GetPolicyCommand({ PolicyArn: arnOf('Reports') }))
})

test('a finding is corrected by a button, the change is shown and becomes a version', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await iam.send(new CreatePolicyCommand({ PolicyName: 'Mfa', PolicyDocument: HOLE }))
  await using admin = await administrator(twinlock, detailsOf('Mfa'))
  const { page } = admin
  await page.getByText('This Deny does not stop a long-term access key').waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await opened(page, 'Edit Mfa')
  await page.getByRole('button', { name: /Apply correction of MFA001/ }).click()
  const changes = page.getByRole('region', { name: 'Differences' })
  await changes.getByText('"BoolIfExists": {').waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await told(page, 'Policy Mfa has a new version.')

  const PolicyArn = arnOf('Mfa')
  const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }))
  assert.deepEqual(
    Versions.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion]),
    [
      ['v2', true],
      ['v1', false],
    ],
  )

  await page.getByRole('tab', { name: 'Policy versions' }).click()
  await page.getByRole('radio', { name: 'Select v1' }).check({ force: true })
  await page.getByRole('heading', { name: 'From v1 to v2, which is in force' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Set as default' }).click()
  await confirm(page, 'v1', 'Set as default')
  await told(page, 'Version v1 is in force.')
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
  assert.equal(Policy?.DefaultVersionId, 'v1')
})

test('a policy is deleted with its versions, off everybody who has it', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await newUser(twinlock, 'bob')
  const PolicyDocument = policy(allow('s3:*'))
  await iam.send(new CreatePolicyCommand({ PolicyName: 'Work', PolicyDocument }))
  const PolicyArn = arnOf('Work')
  await iam.send(new AttachUserPolicyCommand({ UserName: 'bob', PolicyArn }))
  await using admin = await administrator(twinlock, detailsOf('Work', '&tab=entities_attached'))
  const { page } = admin
  await page.getByRole('link', { name: 'bob' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await confirm(page, 'Work', 'Delete')
  await told(page, 'Policy Work was deleted.')
  await assert.rejects(iam.send(new GetPolicyCommand({ PolicyArn })), {
    name: 'NoSuchEntityException',
  })
})

test('Require MFA is a tick box that writes the condition', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/roles/create')
  const { page } = admin
  const next = page.getByRole('button', { name: 'Next', exact: true })
  assert.equal(await page.getByRole('checkbox', { name: 'Require MFA' }).isChecked(), true)
  await page.getByText('aws:MultiFactorAuthPresent', { exact: false }).first().waitFor()
  await expectAccessible(page)
  await next.click()
  await page.getByRole('checkbox', { name: /Select .*\/ReadOnlyAccess$/ }).waitFor()
  await expectAccessible(page)
  await next.click()
  await page.getByRole('button', { name: 'Create role' }).click()
  await page.getByText('Enter a role name.').waitFor()
  await page.getByLabel('Role name').fill('Deployer')
  await page.getByRole('button', { name: 'Create role' }).click()
  await told(page, 'Role Deployer was created.')

  const { Role } = await twinlock.iam().send(new GetRoleCommand({ RoleName: 'Deployer' }))
  const document = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))
  assert.deepEqual(document.Statement[0].Condition, {
    Bool: { 'aws:MultiFactorAuthPresent': 'true' },
  })
  await page.getByText('Required', { exact: true }).waitFor()
})

test('a person switches to a role and back', async () => {
  await using twinlock = await startTwinlock()
  await newRole(
    twinlock,
    { RoleName: 'Reader', AssumeRolePolicyDocument: policy(trust(twinlock.account)) },
    allow('iam:List*'),
  )
  await using admin = await administrator(
    twinlock,
    '/switch-role?account=123456789012&roleName=Reader&displayName=Reading',
  )
  const { page } = admin
  await opened(page, 'Switch role')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Switch role', exact: true }).click()
  await told(page, 'You act as role Reader.')
  await page.goto('/console/users/admin')
  await told(page, /assumed-role\/Reader\/.* is not authorized to perform: iam:GetUser/)
  await page.getByRole('button', { name: /Reading/ }).click()
  await page.getByRole('menuitem', { name: 'Switch back to admin' }).click()
  await opened(page, 'IAM dashboard')
  await page.getByRole('button', { name: /^admin @/ }).waitFor()
})
