// Forms of the console keep what is written in them, and ask before anything goes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  ListPolicyVersionsCommand,
  ListUserTagsCommand,
  TagUserCommand,
} from '@aws-sdk/client-iam'
import { allow, policy } from '../../server/test/people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible } from './browser.ts'
import { administrator, opened, told } from './console-people.ts'
import { write } from './policy-writing.ts'

const PolicyArn = 'arn:aws:iam::123456789012:policy/Work'
const EDIT_WORK = `/policies/edit?arn=${encodeURIComponent(PolicyArn)}`
const documentOf = (action: string) => policy(allow(action))

test('the oldest of five versions is deleted only when somebody agrees', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await iam.send(
    new CreatePolicyCommand({ PolicyName: 'Work', PolicyDocument: documentOf('s3:*') }),
  )
  for (let version = 2; version <= 5; version++) {
    twinlock.clock.advance(60)
    const PolicyDocument = documentOf(`s3:Get${version}`)
    await iam.send(
      new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }),
    )
  }
  const versions = async () => {
    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }))
    return Versions.map(({ VersionId }) => VersionId)
  }
  await using admin = await administrator(twinlock, EDIT_WORK)
  const { page } = admin
  await opened(page, 'Edit Work')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText('Nothing was changed.').first().waitFor()
  await write(page, documentOf('ec2:*'))
  await page.getByText('Version v1 makes room').waitFor()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText('Agree that version v1 is deleted.').first().waitFor()
  await expectAccessible(page)
  assert.deepEqual(await versions(), ['v5', 'v4', 'v3', 'v2', 'v1'])
  await page.getByLabel('Delete version v1').check({ force: true })
  await page.getByRole('button', { name: 'Save changes' }).click()
  await told(page, 'Policy Work has a new version.')
  assert.deepEqual(await versions(), ['v6', 'v5', 'v4', 'v3', 'v2'])
})

test('what is written stays, though the policy cannot be read again or changes meanwhile', async () => {
  await using twinlock = await startTwinlock()
  const iam = twinlock.iam()
  await iam.send(
    new CreatePolicyCommand({ PolicyName: 'Work', PolicyDocument: documentOf('s3:*') }),
  )
  await using admin = await administrator(twinlock, EDIT_WORK)
  const { page } = admin
  await opened(page, 'Edit Work')
  await page.clock.install()
  await page.reload()
  await opened(page, 'Edit Work')
  await write(page, documentOf('ec2:*'))
  await page.getByRole('region', { name: 'Differences' }).waitFor()

  /** Somebody comes back to the window, two minutes later. */
  const comeBack = async () => {
    await page.clock.fastForward(120_000)
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
  }
  await page.route('**/iam/GetPolicy', route =>
    route.fulfill({ status: 400, body: '{"code":"Throttling","message":"Later."}' }),
  )
  await comeBack()
  await page.getByText('The policy could not be read again').waitFor()
  await page.getByRole('region', { name: 'Differences' }).getByText('ec2:*').waitFor()

  await page.unroute('**/iam/GetPolicy')
  const PolicyDocument = documentOf('sqs:*')
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }))
  await comeBack()
  await page.getByText('Version v2 came into force meanwhile').waitFor()
  await page.getByRole('region', { name: 'Differences' }).getByText('ec2:*').waitFor()
})

test('a tag gets another value without ever being away', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/users/admin')
  const { page } = admin
  await opened(page, 'admin')
  const iam = twinlock.iam()
  const Tags = [{ Key: 'team', Value: 'red' }]
  await iam.send(new TagUserCommand({ UserName: 'admin', Tags }))
  await page.goto('/console/users/admin?tab=tags')
  const called: string[] = []
  page.on('request', request => called.push(new URL(request.url()).pathname))
  await page.getByLabel('Value').fill('blue')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await told(page, 'The tags of admin were saved.')
  assert.deepEqual(
    called.filter(path => /ag(User)$/.test(path)),
    ['/console/api/iam/TagUser'],
  )
  assert.deepEqual((await iam.send(new ListUserTagsCommand({ UserName: 'admin' }))).Tags, [
    { Key: 'team', Value: 'blue' },
  ])
})

test('a form that is half filled in is left only when somebody says so', async () => {
  await using twinlock = await startTwinlock()
  await using admin = await administrator(twinlock, '/groups/create')
  const { page } = admin
  await page.getByLabel('User group name').fill('readers')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Stay' }).click()
  assert.equal(await page.getByLabel('User group name').inputValue(), 'readers')
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Leave' }).click()
  await opened(page, /User groups/)
})
