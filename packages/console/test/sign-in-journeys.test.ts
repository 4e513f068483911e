// What leads to sign-in, where it leads to, and what stops it on its way, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateAccountAliasCommand,
  DeactivateMFADeviceCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam'
import { enrol } from '../../server/test/authenticator.ts'
import { allow } from '../../server/test/people.ts'
import { newSigner, submitUser as guess } from '../../server/test/sign-in-people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { webBrowser } from '../../server/test/web-browser.ts'
import { visitor } from './browser.ts'
import { consoleOpens, refused, submitCode, submitPassword, submitUser } from './sign-in-page.ts'

test('whoever asks for a page of the console signs in first, and gets that page', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/console/security-credentials')
  assert.match(page.url(), /\/signin\?/)
  await submitUser(page, 'alice')
  await consoleOpens(page, '/console/security-credentials')
  await page.getByRole('heading', { name: 'My security credentials' }).waitFor()
})

test('after sign-in nobody is led elsewhere', async t => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  await using alice = await visitor(twinlock)
  const { page, origin } = alice
  for (const returnTo of [
    'https://evil.example/console/',
    '//evil.example/console',
    '/\\evil.example',
    '/console/../../evil',
    'javascript:alert(1)',
  ]) {
    await t.test(`not to ${returnTo}`, async () => {
      await page.goto(`/signin?returnTo=${encodeURIComponent(returnTo)}`)
      await submitUser(page, 'alice')
      await page.waitForURL(`${origin}/console/`, { waitUntil: 'commit' })
      await alice.forget()
    })
  }
})

test('a remembered account is filled in the next time', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await page.getByRole('checkbox', { name: 'Remember this account' }).check()
  await submitUser(page, 'alice')
  await consoleOpens(page)
  await alice.forget()
  await page.goto('/signin')
  await page.getByLabel('Password', { exact: true }).and(page.locator(':focus')).waitFor()
  assert.equal(await page.getByLabel('IAM user name').inputValue(), 'alice')
})

test('a link of the account fills it in, by its id or its alias', async () => {
  await using twinlock = await startTwinlock()
  await twinlock.iam().send(new CreateAccountAliasCommand({ AccountAlias: 'acme' }))
  await newSigner(twinlock, 'alice')
  await using alice = await visitor(twinlock)
  const { page } = alice
  for (const account of ['123456789012', 'acme']) {
    await page.goto(`/signin?account=${account}`)
    await page.getByLabel('IAM user name').and(page.locator(':focus')).waitFor()
    assert.equal(await page.getByLabel('Account ID or alias').inputValue(), account)
    await page.keyboard.type('alice')
    await submitPassword(page)
    await consoleOpens(page)
    await alice.forget()
  }
})

test('whatever a link says that the account is, it is text in a field', async () => {
  await using twinlock = await startTwinlock()
  await using somebody = await visitor(twinlock)
  const { page } = somebody
  const dialogs: string[] = []
  page.on('dialog', dialog => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  for (const account of [
    '"><img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '</script><script>alert(1)</script>',
    '\u202Egro.elpmaxe',
    '\0',
    'x'.repeat(8000),
  ]) {
    await page.goto(`/signin?account=${encodeURIComponent(account)}`)
    const field = page.getByLabel('Account ID or alias')
    await field.waitFor()
    assert.equal(await field.inputValue(), account)
    assert.equal(await page.locator('img').count(), 1)
    await submitUser(page, 'alice', 'wrong', account)
    await page.getByRole('alert').getByText(/./).waitFor()
  }
  assert.deepEqual(dialogs, [])
})

/** A stranger guesses, each time as soon as it may: the next guess must wait a while. */
async function guessAt(twinlock: TestTwinlock, userName: string): Promise<void> {
  const stranger = webBrowser(twinlock)
  for (let wrong = 0; wrong < 8;) {
    const { body } = await guess(stranger, userName, 'wrong')
    if (body.code === 'TooManyAttempts') twinlock.clock.advance(body.retryAfterSeconds)
    else wrong++
  }
}

test('who was guessed at waits, is told how long, and does not wait in a browser that is known', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  await using own = await visitor(twinlock)
  await own.page.goto('/signin')
  await submitUser(own.page, 'alice')
  await consoleOpens(own.page)
  await own.page.goto('about:blank')
  await own.context.clearCookies({ name: 'twinlock-session' })

  await guessAt(twinlock, 'alice')
  await using elsewhere = await visitor(twinlock)
  const { page } = elsewhere
  await page.goto('/signin')
  const asked = page.waitForResponse(/\/signin\/api\/password$/)
  await submitUser(page, 'alice')
  await page
    .getByRole('alert')
    .getByText(/^Too many attempts\. Please try again in \d+ (seconds|minutes)\.$/)
    .waitFor()

  await own.page.goto('/signin')
  await submitUser(own.page, 'alice')
  await consoleOpens(own.page)

  const { retryAfterSeconds } = (await (await asked).json()) as {
    readonly retryAfterSeconds: number
  }
  twinlock.clock.advance(retryAfterSeconds)
  await submitPassword(page)
  await consoleOpens(page)
})

test('a password that only an administrator can renew, and a sign-in that took too long, say so', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(60)
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await page.getByLabel('MFA code').waitFor()
  twinlock.clock.advance(600)
  await submitCode(page, app.code())
  await page
    .getByRole('status')
    .getByText(/took too long/)
    .waitFor()

  const policy = { MaxPasswordAge: 30, HardExpiry: true }
  await twinlock.iam().send(new UpdateAccountPasswordPolicyCommand(policy))
  twinlock.clock.advance(31 * 86_400)
  await submitUser(page, 'alice')
  await submitCode(page, app.code())
  await page
    .getByRole('alert')
    .getByText(/Ask your administrator to set a new one/)
    .waitFor()
})

test('a device that is removed while a sign-in waits for it proves nothing, and another one does', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const lost = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  const other = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'tablet')
  twinlock.clock.advance(60)
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await page.getByText('Of phone or tablet').waitFor()
  const { SerialNumber } = lost
  await twinlock.iam().send(new DeactivateMFADeviceCommand({ UserName: 'alice', SerialNumber }))
  await submitCode(page, lost.code())
  await refused(page)
  await submitCode(page, other.code())
  await consoleOpens(page)
})

test('when the only device is removed while a sign-in waits for it, the sign-in begins again', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const { SerialNumber, code } = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(60)
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await page.getByLabel('MFA code').waitFor()
  await twinlock.iam().send(new DeactivateMFADeviceCommand({ UserName: 'alice', SerialNumber }))
  await submitCode(page, code())
  await page.getByText(/Please start again/).waitFor()
  await submitUser(page, 'alice')
  await consoleOpens(page)
})
