// "My security credentials" and "Command line", in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
} from '@aws-sdk/client-iam'
import type { Page } from 'playwright-core'
import { allow } from '../../server/test/people.ts'
import { ROOT_PASSWORD, newSigner } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible, visitor } from './browser.ts'
import { changePassword, openCredentials } from './console-people.ts'
import { addApp, addKey, chooseDevice, submitCodes } from './enrolment-page.ts'
import { rootPassword } from './root-password.ts'
import { consoleOpens, submitCode, submitRoot, submitUser, useKey } from './sign-in-page.ts'
import { plugIn } from './virtual-authenticator.ts'

const CREDENTIALS = '/console/security-credentials'

const assign = (page: Page) => page.getByRole('link', { name: 'Assign MFA device' }).first().click()

const select = (page: Page, name: RegExp) =>
  page.getByRole('radio', { name }).check({ force: true })

/** Types what a dialog wants to be sure of, and goes on. */
async function confirm(page: Page, text: string, button: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(`To confirm, type ${text}`).fill(text)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: button, exact: true }).click()
}

test('a user assigns an app, resynchronises it, and removes it: its seed is gone too', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow(['iam:*', 'twinlock:*']))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await openCredentials(page, 'alice')
  await assign(page)
  const app = await addApp(page, twinlock.clock, 'phone')
  await page.getByText('phone was assigned.').waitFor()
  await page.waitForURL(/security-credentials$/)

  // From now on it takes the device to change devices.
  await alice.forget()
  twinlock.clock.advance(60)
  await page.goto(CREDENTIALS)
  await submitUser(page, 'alice')
  await submitCode(page, app.code())
  await select(page, /mfa\/phone/)
  await page.getByRole('button', { name: 'Resync' }).click()
  const behind = -10
  twinlock.clock.advance(600)
  await submitCodes(page, app.pair(behind))
  await page.getByText(/phone is in step again. Its clock is about 5 minutes behind/).waitFor()

  await select(page, /mfa\/phone/)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await confirm(page, 'phone', 'Remove')
  await page.getByText('phone was removed.').waitFor()
  const { VirtualMFADevices } = await twinlock.iam().send(new ListVirtualMFADevicesCommand({}))
  assert.deepEqual(VirtualMFADevices, [])
})

test('an enrolment that was left half-way does not stand in the way of the next', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await openCredentials(page, 'alice')
  await assign(page)
  await chooseDevice(page, 'Authenticator app', 'phone')
  await page.goto(`${CREDENTIALS}/assign-mfa-device`)
  await addApp(page, twinlock.clock, 'phone')
  await page.getByText('phone was assigned.').waitFor()
})

test('a security key is registered once; a second registration of it is told so', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await plugIn(page, 'CTAP2 key')
  await openCredentials(page, 'alice')
  await assign(page)
  await addKey(page, 'yubikey')
  await page.getByText('yubikey was assigned.').waitFor()

  await alice.forget()
  await page.goto(CREDENTIALS)
  await submitUser(page, 'alice')
  await useKey(page)
  await assign(page)
  await addKey(page, 'again')
  await page
    .getByRole('alert')
    .getByText(/is registered already/)
    .waitFor()
})

test('without MFA nobody adds a second device, and AWS says why', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await openCredentials(page, 'alice')
  await assign(page)
  await addApp(page, twinlock.clock, 'phone')
  await page.getByText('phone was assigned.').waitFor()
  await assign(page)
  await addApp(page, twinlock.clock, 'tablet')
  await page
    .getByRole('alert')
    .getByText(/authenticated with an MFA device/)
    .waitFor()
})

test('with a lost device the second one signs in, and removes the first', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await plugIn(page, 'platform passkey')
  await openCredentials(page, 'alice')
  await assign(page)
  await addKey(page, 'laptop')
  await page.getByText('laptop was assigned.').waitFor()
  await alice.forget()
  await page.goto(`${CREDENTIALS}/assign-mfa-device`)
  await submitUser(page, 'alice')
  await useKey(page)
  await addApp(page, twinlock.clock, 'phone')
  await page.getByText('phone was assigned.').waitFor()

  // The phone is lost.
  await alice.forget()
  await page.goto(CREDENTIALS)
  await submitUser(page, 'alice')
  await useKey(page)
  await select(page, /mfa\/phone/)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await confirm(page, 'phone', 'Remove')
  await page.getByText('phone was removed.').waitFor()
  const { MFADevices } = await twinlock.iam().send(new ListMFADevicesCommand({ UserName: 'alice' }))
  assert.equal(MFADevices?.length, 1)
})

test('an access key is made, shown once, deactivated and deleted', async () => {
  await using twinlock = await startTwinlock()
  const { accessKeyId } = await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await openCredentials(page, 'alice')
  await page.getByRole('button', { name: 'Create access key' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create access key' }).click()
  await page.getByText(/only time that the secret access key can be seen/).waitFor()
  await page.getByText(/^[\w+/]{40}$/).waitFor()
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download .csv file' }).click()
  assert.equal((await download).suggestedFilename(), 'alice_accessKeys.csv')
  await page.getByRole('button', { name: 'Done' }).click()
  assert.equal(await page.getByRole('button', { name: 'Create access key' }).isDisabled(), true)

  await select(page, new RegExp(accessKeyId))
  await page.getByRole('button', { name: 'Deactivate' }).click()
  await page.getByText(`${accessKeyId} is inactive.`).waitFor()
  await select(page, new RegExp(accessKeyId))
  await page.getByRole('button', { name: 'Delete' }).click()
  await confirm(page, accessKeyId, 'Delete')
  await page.getByText(`${accessKeyId} was deleted.`).waitFor()
  const { AccessKeyMetadata } = await twinlock
    .iam()
    .send(new ListAccessKeysCommand({ UserName: 'alice' }))
  assert.equal(AccessKeyMetadata?.length, 1)
})

test("root's credentials are managed as a user's: the password, and a second device when the first is lost", async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await using root = await visitor(twinlock)
  const { page } = root
  await plugIn(page, 'CTAP2 key')
  await page.goto('/signin')
  await submitRoot(page)
  await addKey(page, 'safe')
  await consoleOpens(page)
  await page.goto(CREDENTIALS)
  await assign(page)
  await addApp(page, twinlock.clock, 'phone')
  await page.getByText('phone was assigned.').waitFor()
  await page.getByRole('gridcell', { name: 'Authenticator app' }).waitFor()
  await expectAccessible(page)
  await changePassword(page, ROOT_PASSWORD, 'new-Horse-Battery-1')

  // The phone is lost.
  await root.forget()
  await page.goto('/signin')
  await submitRoot(page, 'new-Horse-Battery-1')
  await useKey(page)
  await consoleOpens(page)
  await page.goto(CREDENTIALS)
  await select(page, /mfa\/phone/)
  await page.getByRole('button', { name: 'Remove', exact: true }).click()
  await confirm(page, 'phone', 'Remove')
  await page.getByText('phone was removed.').waitFor()
  await page.getByRole('gridcell', { name: 'Authenticator app' }).waitFor({ state: 'detached' })
  await page.getByRole('row').filter({ hasText: 'u2f/root/safe-' }).waitFor()
})

test("the command line's page has the person's own device in its commands", async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page, origin } = alice
  await openCredentials(page, 'alice')
  await page.goto('/console/command-line')
  await page.getByText('You have no device with codes').waitFor()
  await page.goto(`${CREDENTIALS}/assign-mfa-device`)
  await addApp(page, twinlock.clock, 'phone')
  await page.getByText('phone was assigned.').waitFor()
  await page.goto('/console/command-line')
  await page.getByText('--serial-number arn:aws:iam::123456789012:mfa/phone --token-code').waitFor()
  await page.getByText(`aws configure set endpoint_url ${origin} --profile twinlock`).waitFor()
  await page.getByRole('textbox', { name: 'Profile' }).fill('acme')
  await page.getByText('aws sts get-caller-identity --profile acme').waitFor()
  await expectAccessible(page)
})

for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
] as const) {
  test(`the credentials are accessible in ${colorScheme} mode at ${width} pixels`, async () => {
    await using twinlock = await startTwinlock()
    await newSigner(twinlock, 'alice', allow('iam:*'))
    await using alice = await visitor(twinlock, { colorScheme, width })
    const { page } = alice
    await openCredentials(page, 'alice')
    await page.getByText('No MFA devices').waitFor()
    await expectAccessible(page)
    await page.goto('/console/command-line')
    await page.getByText('Set up a profile').waitFor()
    await expectAccessible(page)
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  })
}
