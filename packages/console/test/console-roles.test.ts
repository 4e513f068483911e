// Roles in the console: what each demands of the people who assume it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreateRoleCommand } from '@aws-sdk/client-iam'
import { policy, trust } from '../../server/test/people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible } from './browser.ts'
import { administrator, opened } from './console-people.ts'

const asks = (operator: string, key: string, value: string) => ({
  Condition: { [operator]: { [`aws:MultiFactorAuth${key}`]: value } },
})

const ROLES = {
  guarded: asks('Bool', 'Present', 'true'),
  fresh: asks('NumericLessThan', 'Age', '3600'),
  open: {},
  holed: asks('BoolIfExists', 'Present', 'true'),
  machine: { Principal: { Service: 'ec2.amazonaws.com' } },
}

test('the list of roles tells which are assumed with MFA, with fresh MFA, without, and through a hole', async () => {
  await using twinlock = await startTwinlock()
  for (const [RoleName, more] of Object.entries(ROLES)) {
    const AssumeRolePolicyDocument = policy({ ...trust(twinlock.account), ...more })
    await twinlock.iam().send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  }
  await using admin = await administrator(twinlock, '/roles')
  const { page } = admin
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  for (const [name, text] of Object.entries({
    guarded: 'Required',
    fresh: 'Fresh only (< 1 hour)',
    open: 'Not required',
    holed: 'Hole: MFA010',
    machine: 'Does not apply',
  })) {
    await row(name).getByText(text, { exact: true }).waitFor()
  }
  await expectAccessible(page)

  await page.getByLabel('Search roles').fill('hole')
  assert.equal(await row('open').count(), 0)
  await page.getByRole('button', { name: 'Hole: MFA010' }).click()
  await page.getByText('This Allow lets a long-term access key pass without MFA').waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: /^Line \d+ of the trust policy/ }).click()
  await opened(page, 'holed')
  await page.getByText('This Allow lets a long-term access key pass without MFA').waitFor()
})
