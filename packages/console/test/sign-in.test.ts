// Signing in with passwords and codes, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UpdateLoginProfileCommand } from '@aws-sdk/client-iam'
import { enrol } from '../../server/test/authenticator.ts'
import { allow } from '../../server/test/people.ts'
import { PASSWORD, newSigner } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { expectAccessible, visitor } from './browser.ts'
import { submitCodes } from './enrolment-page.ts'
import { rootPassword } from './root-password.ts'
import { consoleOpens, refused, submitCode, submitRoot, submitUser } from './sign-in-page.ts'

test('a wrong password, an unknown user and an unknown account get one answer', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  for (const [userName, account] of [
    ['alice', '123456789012'],
    ['nobody', '123456789012'],
    ['alice', '210987654321'],
  ] as const) {
    await using somebody = await visitor(twinlock)
    await somebody.page.goto('/signin')
    await submitUser(somebody.page, userName, 'wrong', account)
    await refused(somebody.page)
  }
})

test('the keyboard alone signs in, and the focus is where the next key belongs', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(60)
  await using alice = await visitor(twinlock)
  const { page } = alice
  const isFocused = (label: string) =>
    page.getByLabel(label, { exact: true }).and(page.locator(':focus')).waitFor()
  const type = async (...fields: readonly string[]) => {
    for (const [index, field] of fields.entries()) {
      if (index > 0) await page.keyboard.press('Tab')
      await page.keyboard.type(field)
    }
    await page.keyboard.press('Enter')
  }
  await page.goto('/signin')
  await isFocused('Account ID or alias')
  await type('123456789012', 'alice', 'wrong')
  await refused(page)
  await isFocused('Password')
  await type(PASSWORD)
  await isFocused('MFA code')
  await type(app.code())
  await consoleOpens(page)
})

test('a code of the authenticator app is the second lock, and opens once', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(60)
  await using alice = await visitor(twinlock)
  await alice.page.goto('/signin')
  await submitUser(alice.page, 'alice')
  await submitCode(alice.page, '000000')
  await refused(alice.page)
  assert.equal(await alice.page.getByLabel('MFA code').inputValue(), '')
  await submitCode(alice.page, app.code())
  await consoleOpens(alice.page)

  await using thief = await visitor(twinlock)
  await thief.page.goto('/signin')
  await submitUser(thief.page, 'alice')
  await submitCode(thief.page, app.code())
  await refused(thief.page)
})

test('after wrong codes the page offers to resynchronise, and says how far the clock is off', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(60)
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  // Its clock is ten minutes ahead.
  const ahead = 20
  for (let wrong = 0; wrong < 3; wrong++) {
    await submitCode(page, app.code(ahead))
    await refused(page)
    twinlock.clock.advance(30)
  }
  await page.getByRole('button', { name: 'Resynchronize' }).click()
  await expectAccessible(page)
  await submitCodes(page, app.pair(ahead))
  await page
    .getByRole('status')
    .getByText(/clock is about 10 minutes ahead/)
    .waitFor()
  twinlock.clock.advance(30)
  await submitCode(page, app.code(ahead))
  await consoleOpens(page)
})

test('a password that must be changed is changed at sign-in, with its demands ticked off', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const PasswordResetRequired = true
  await twinlock
    .iam()
    .send(new UpdateLoginProfileCommand({ UserName: 'alice', PasswordResetRequired }))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await page.getByText('This is your first sign-in.').waitFor()
  await page.getByLabel('New password', { exact: true }).fill('short')
  await page.getByLabel('Confirm new password').fill('other')
  await page.getByRole('button', { name: 'Confirm password change' }).click()
  await page.getByRole('alert').getByText('The two passwords differ.').waitFor()
  await expectAccessible(page)
  await page.getByLabel('New password', { exact: true }).fill('Another-Horse-8')
  await page.getByLabel('Confirm new password').fill('Another-Horse-8')
  await page.getByRole('button', { name: 'Confirm password change' }).click()
  await consoleOpens(page)
})

test('of two tabs of one sign-in, one goes on and the other begins again', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(60)
  await using alice = await visitor(twinlock)
  const { page, context } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await page.getByLabel('MFA code').waitFor()
  const other = await context.newPage()
  await other.goto('/signin')
  await submitCode(other, app.code())
  await consoleOpens(other)
  twinlock.clock.advance(30)
  await submitCode(page, app.code())
  await page.getByText(/took too long, or was finished elsewhere/).waitFor()
  await page.getByLabel('Account ID or alias').waitFor()
})

test('a cookie that was stolen opens nothing after sign-out', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  await alice.page.goto('/console/security-credentials')
  await submitUser(alice.page, 'alice')
  await alice.page.getByRole('button', { name: /alice @/ }).click()
  const stolen = await alice.context.cookies()
  await alice.page.getByRole('menuitem', { name: 'Sign out' }).click()
  await alice.page.waitForURL(/\/signin/)

  await using thief = await visitor(twinlock)
  await thief.context.addCookies(stolen)
  await thief.page.goto('/console/security-credentials')
  assert.match(thief.page.url(), /\/signin/)
})

test('root signs in by e-mail, then password; MFA can be put off until its date', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await using root = await visitor(twinlock)
  const { page } = root
  await page.goto('/signin')
  await submitRoot(page, 'wrong')
  await refused(page)
  await page.getByRole('button', { name: 'Sign in to a different account' }).click()
  await submitRoot(page)
  await page.getByText(/From February 6, 2026 on you cannot sign in without a device/).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Skip for now' }).click()
  await consoleOpens(page)
})

test('a browser that comes to the address is led to the name, where security keys work', async () => {
  await using twinlock = await startTwinlock()
  await using somebody = await visitor(twinlock)
  await somebody.page.goto(`${twinlock.endpoint}/signin`)
  assert.equal(new URL(somebody.page.url()).hostname, 'localhost')
})

for (const { colorScheme, width } of [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
] as const) {
  test(`the sign-in pages are accessible in ${colorScheme} mode at ${width} pixels, and nothing is cut off`, async () => {
    await using twinlock = await startTwinlock({ argv: await rootPassword() })
    await newSigner(twinlock, 'alice')
    await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
    await using somebody = await visitor(twinlock, { colorScheme, width })
    const { page } = somebody
    const check = async () => {
      await expectAccessible(page)
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    }
    await page.goto('/signin')
    await page.getByLabel('Password', { exact: true }).waitFor()
    await check()
    await submitUser(page, 'alice', 'wrong')
    await refused(page)
    await check()
    await submitUser(page, 'alice')
    await page.getByLabel('MFA code').waitFor()
    await page.getByText('Troubleshoot MFA').click()
    await check()
    await page.getByRole('button', { name: 'Sign in to a different account' }).click()
    await page.getByLabel('Root user email address').fill('root@example.com')
    await page.getByRole('button', { name: 'Next' }).click()
    await page.getByRole('heading', { name: 'Root user sign in' }).waitFor()
    await check()
  })
}
