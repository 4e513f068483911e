// The policy simulator, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { allow, newUser } from '../../server/test/people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible } from './browser.ts'
import { administrator } from './console-people.ts'

const HOLE = {
  Sid: 'DenyWithoutMFA',
  Effect: 'Deny',
  NotAction: ['iam:EnableMFADevice', 'iam:CreateVirtualMFADevice', 'sts:GetSessionToken'],
  Resource: '*',
  Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } },
}

const row = (page: Page, action: string) =>
  page.getByRole('row').filter({ has: page.getByText(action, { exact: true }) })

const cells = async (page: Page, action: string) =>
  (await row(page, action).getByRole('gridcell').allInnerTexts()).map(text => text.split('\n'))

test('the simulator tells a key, a session and MFA of two ages apart, and why', async () => {
  await using twinlock = await startTwinlock()
  const { Arn } = await newUser(
    twinlock,
    'bob',
    allow('s3:*', { Sid: 'Work' }),
    HOLE,
    allow('ec2:StopInstances', {
      Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
    }),
  )
  const query = new URLSearchParams({
    principal: Arn,
    actions: 's3:GetObject ec2:StopInstances',
    resource: '*',
  })
  await using admin = await administrator(twinlock, `/simulator?${query.toString()}`)
  const { page } = admin
  await row(page, 's3:GetObject').waitFor()
  assert.deepEqual(await cells(page, 's3:GetObject'), [
    [
      'Key: Allowed',
      'Work in user/bob/own',
      'Session: Explicitly denied',
      'DenyWithoutMFA in user/bob/own',
    ],
    ['Allowed', 'Work in user/bob/own'],
    ['Allowed', 'Work in user/bob/own'],
    ['Explain'],
  ])
  assert.deepEqual((await cells(page, 'ec2:StopInstances')).slice(1, 3), [
    ['Allowed', 'user/bob/own, line 1'],
    ['Implicitly denied', 'No identity-based policy allows it'],
  ])
  await page.getByText('A long-term access key and a session without MFA').waitFor()
  await page
    .getByText(
      'Bool aws:MultiFactorAuthPresent false: the key is absent, the condition does not hold.',
    )
    .first()
    .waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Explain ec2:StopInstances' }).click()
  const reasons = page.getByRole('region', { name: 'Reasons for ec2:StopInstances' })
  await reasons
    .getByText(/NumericLessThan aws:MultiFactorAuthAge 3600: the key is "43200"/)
    .waitFor()
  assert.equal(await reasons.evaluate(section => section === document.activeElement), true)
  await reasons
    .getByRole('link', { name: /user\/bob\/own, line 1/ })
    .first()
    .click()
  await page.getByRole('heading', { name: 'own' }).waitFor()
  await page.goBack()
  await row(page, 's3:GetObject').waitFor()
})

test('actions are suggested, wildcards expanded, and the question is in the address', async () => {
  await using twinlock = await startTwinlock()
  const { Arn } = await newUser(twinlock, 'bob', allow('iam:List*'))
  const query = new URLSearchParams({ principal: Arn, actions: 'iam:ListUsers' })
  await using admin = await administrator(twinlock, `/simulator?${query.toString()}`)
  const { page } = admin
  await row(page, 'iam:ListUsers').waitFor()
  const actions = page.getByRole('combobox', { name: 'Actions' })
  await actions.fill('createvirtualmfa')
  await page.getByRole('option', { name: 'iam:CreateVirtualMFADevice' }).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await row(page, 'iam:CreateVirtualMFADevice').waitFor()

  await actions.fill('iam:*MFADevices, s3:FlyAway')
  await page.keyboard.press('Enter')
  await row(page, 'iam:ListVirtualMFADevices').waitFor()
  await page.getByText('AWS documents no s3:FlyAway.').waitFor()
  await page.getByRole('combobox', { name: 'Resources' }).fill('arn:aws:iam::123456789012:user/bob')
  await page.keyboard.press('Enter')
  await page.getByRole('columnheader', { name: 'Resource', exact: true }).waitFor()
  await expectAccessible(page)

  const shown = new URL(page.url()).searchParams
  assert.equal(
    shown.get('actions'),
    'iam:ListUsers iam:CreateVirtualMFADevice iam:*MFADevices s3:FlyAway',
  )
  assert.deepEqual(shown.getAll('resource'), ['*', 'arn:aws:iam::123456789012:user/bob'])
  await page.reload()
  await page.getByRole('button', { name: 'Remove iam:*MFADevices' }).waitFor()
  await page.getByRole('button', { name: 'Copy link' }).waitFor()
})

test('all that AWS documents is answered while the page lives', async () => {
  await using twinlock = await startTwinlock()
  const { Arn } = await newUser(twinlock, 'bob', allow('*'), HOLE)
  const query = new URLSearchParams({ principal: Arn, actions: '*' })
  await using admin = await administrator(twinlock, `/simulator?${query.toString()}`)
  const { page } = admin
  await page.getByRole('heading', { name: /^Decisions \(2\d{4}\)$/ }).waitFor()
  await page.getByLabel('Search decisions').fill('sts:GetSessionToken')
  assert.deepEqual((await cells(page, 'sts:GetSessionToken'))[0]?.[0], 'Allowed')
  const wide = new URLSearchParams(query)
  wide.append('resource', 'arn:aws:s3:::a')
  wide.append('resource', 'arn:aws:s3:::b')
  await page.goto(`/console/simulator?${wide.toString()}`)
  await page.getByText('of which the first 25,000 are answered').waitFor()
})
