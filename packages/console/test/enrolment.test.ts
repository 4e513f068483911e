// Enrolling devices while signing in, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { enrol } from '../../server/test/authenticator.ts'
import { newSigner } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible, visitor } from './browser.ts'
import { addApp, addKey, chooseDevice, scanSecret, submitCodes } from './enrolment-page.ts'
import { importTokens, tokenOf } from './hardware-token.ts'
import { rootPassword, rootSignedIn } from './root-password.ts'
import { consoleOpens, submitCode, submitRoot, submitUser } from './sign-in-page.ts'
import { plugIn } from './virtual-authenticator.ts'

/** Root changes the account without a page. */
async function asRoot(twinlock: TestTwinlock, operation: string, input: object): Promise<void> {
  await (await rootSignedIn(twinlock)).call(operation, input)
}

/** An account whose users must have MFA since yesterday. */
async function startDemanding(twinlock: TestTwinlock): Promise<void> {
  const By = new Date(twinlock.clock.now().getTime() + 3_600_000).toISOString()
  await asRoot(twinlock, 'signin:PutMFARequirement', { Mode: 'require', By })
  twinlock.clock.advance(86_400)
}

const headingOf = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor()

test('root enrols an app before anything else once the grace is over, and signs in with it', async () => {
  await using twinlock = await startTwinlock({
    argv: [...(await rootPassword()), '--root-mfa-grace-days', '0'],
  })
  await using root = await visitor(twinlock)
  const { page } = root
  await page.goto('/signin')
  await submitRoot(page)
  await headingOf(page, 'Register MFA')
  await page.getByText('You need a device to finish signing in').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Skip for now' }).count(), 0)
  // There is no way round it.
  await page.goto('/console/users')
  await headingOf(page, 'Register MFA')
  const app = await addApp(page, twinlock.clock, 'phone')
  await consoleOpens(page)

  await root.forget()
  twinlock.clock.advance(60)
  await page.goto('/signin')
  await submitRoot(page)
  await submitCode(page, app.code())
  await consoleOpens(page)
})

test('a name that is taken, and codes that are the same or wrong, are refused; "Previous" gives a new secret', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await newSigner(twinlock, 'alice')
  await enrol(twinlock.iam(), twinlock.clock, 'alice', 'tablet')
  await using root = await visitor(twinlock)
  const { page } = root
  await page.goto('/signin')
  await submitRoot(page)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText('Enter a name for the device.').waitFor()
  await page.getByLabel('Device name').fill('my phone')
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText(/A name consists of/).waitFor()
  // Names of apps are the account's, not a person's.
  await page.getByLabel('Device name').fill('tablet')
  await page.getByRole('radio', { name: 'Authenticator app' }).check()
  await page.getByRole('button', { name: 'Next' }).click()
  await page
    .getByRole('alert')
    .getByText(/has that name already/)
    .waitFor()

  await chooseDevice(page, 'Authenticator app', 'phone')
  const first = await scanSecret(page, twinlock.clock)
  await expectAccessible(page)
  await submitCodes(page, { AuthenticationCode1: first.code(), AuthenticationCode2: first.code() })
  await page.getByRole('alert').getByText('The two codes are the same.').waitFor()
  await submitCodes(page, { AuthenticationCode1: '000000', AuthenticationCode2: '000001' })
  await page.getByRole('alert').getByText('The device was not accepted.').waitFor()

  await page.getByRole('button', { name: 'Previous' }).click()
  const second = await addApp(page, twinlock.clock, 'phone')
  assert.notEqual(first.code(), second.code())
  await consoleOpens(page)
})

test('a user enrols by the date that the account has set, and is told it before', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  const By = new Date(twinlock.clock.now().getTime() + 10 * 86_400_000).toISOString()
  await asRoot(twinlock, 'signin:PutMFARequirement', { Mode: 'require', By })
  await newSigner(twinlock, 'alice')
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await page.getByText(/From January 12, 2026 on/).waitFor()
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await consoleOpens(page)

  twinlock.clock.advance(11 * 86_400)
  await alice.forget()
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await headingOf(page, 'Register MFA')
  assert.equal(await page.getByRole('button', { name: 'Skip for now' }).count(), 0)
})

test('whoever must enrol may enrol a hardware token whose seed an administrator has imported', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await importTokens(await rootSignedIn(twinlock))
  await startDemanding(twinlock)
  await newSigner(twinlock, 'alice')
  const token = tokenOf('FT-6-30-0042', twinlock.clock)
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await chooseDevice(page, 'Hardware TOTP token', '')
  await page.getByLabel('Serial number').fill(token.SerialNumber)
  await expectAccessible(page)
  await submitCodes(page, token.pair())
  await consoleOpens(page)
})

test('a ceremony that is cancelled says so, and can be tried again', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await startDemanding(twinlock)
  await newSigner(twinlock, 'alice')
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  // As a browser answers when somebody presses "Cancel" in its dialog.
  await page.evaluate(() => {
    const create = navigator.credentials.create.bind(navigator.credentials)
    navigator.credentials.create = async () => {
      navigator.credentials.create = create
      throw new DOMException('cancelled', 'NotAllowedError')
    }
  })
  await addKey(page, 'key')
  await page
    .getByRole('alert')
    .getByText(/The request was cancelled/)
    .waitFor()
  await expectAccessible(page)
  await plugIn(page, 'CTAP2 key')
  await page.getByRole('button', { name: 'Continue' }).click()
  await consoleOpens(page)
})

test('whoever waits for a key may go back, and enrol something else', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await startDemanding(twinlock)
  await newSigner(twinlock, 'alice')
  await using alice = await visitor(twinlock)
  const { page } = alice
  const key = await plugIn(page, 'CTAP2 key')
  await key.touch(false)
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await addKey(page, 'key')
  await page.getByText(/touch it when it blinks/).waitFor()
  await page.getByRole('button', { name: 'Previous' }).click()
  await addApp(page, twinlock.clock, 'phone')
  await consoleOpens(page)
})
