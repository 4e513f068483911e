// Hardware tokens as the second lock, in a real browser: of six digits and thirty seconds, of eight and sixty, and beside other devices.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { enrol } from '../../server/test/authenticator.ts'
import { newSigner, submitRoot as submitRootWithoutPage } from '../../server/test/sign-in-people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import { webBrowser } from '../../server/test/web-browser.ts'
import { newKey, registerKey } from '../../server/test/web-security-key.ts'
import { visitor } from './browser.ts'
import { submitCodes } from './enrolment-page.ts'
import type { HardwareToken } from './hardware-token.ts'
import { assignToken, importTokens, tokenOf } from './hardware-token.ts'
import { rootPassword, rootSignedIn } from './root-password.ts'
import { consoleOpens, refused, submitCode, submitRoot, submitUser } from './sign-in-page.ts'

type Tokens = Readonly<Record<'six' | 'eight', HardwareToken>>

async function giveAlice(twinlock: TestTwinlock, { six, eight }: Tokens): Promise<void> {
  await newSigner(twinlock, 'alice')
  const root = await rootSignedIn(twinlock)
  await importTokens(root)
  for (const token of [six, eight]) await assignToken(root, token, { UserName: 'alice' })
}

async function giveRoot(twinlock: TestTwinlock, { six, eight }: Tokens): Promise<void> {
  const root = await rootSignedIn(twinlock)
  await importTokens(root)
  await assignToken(root, six)
  // It takes the first device to add a second.
  twinlock.clock.advance(120)
  const proved = webBrowser(twinlock)
  await submitRootWithoutPage(proved)
  const code = { method: 'hardware-token', code: six.code() }
  assert.equal((await proved.post('/signin/api/mfa/code', code)).status, 200)
  await assignToken(proved, eight)
}

const PEOPLE = [
  { who: 'a user', submit: (page: Page) => submitUser(page, 'alice'), give: giveAlice },
  { who: 'root', submit: (page: Page) => submitRoot(page), give: giveRoot },
] as const

for (const { who, submit, give } of PEOPLE) {
  test(`codes of a hardware token sign ${who} in, each once; two that follow each other set its clock right`, async () => {
    await using twinlock = await startTwinlock({ argv: await rootPassword() })
    const { clock } = twinlock
    const six = tokenOf('FT-6-30-0042', clock)
    const eight = tokenOf('FT-8-60-0042', clock)
    await give(twinlock, { six, eight })
    clock.advance(600)
    await using somebody = await visitor(twinlock)
    const { page } = somebody
    await page.goto('/signin')
    await submit(page)
    await page.getByText('Enter the code that your hardware token shows.').waitFor()
    // Its clock is ten minutes ahead.
    const ahead = 10
    for (let wrong = 0; wrong < 3; wrong++) {
      await submitCode(page, eight.code(ahead))
      await refused(page)
    }
    await page.getByRole('button', { name: 'Resynchronize' }).click()
    await page.getByRole('radio', { name: eight.SerialNumber }).check({ force: true })
    await page.getByText('Then wait until the token shows its next code').waitFor()
    await submitCodes(page, eight.pair(ahead))
    await page
      .getByRole('status')
      .getByText(/clock is about 10 minutes ahead/)
      .waitFor()
    clock.advance(60)
    await submitCode(page, eight.code(ahead))
    await consoleOpens(page)

    await using thief = await visitor(twinlock)
    await thief.page.goto('/signin')
    await submit(thief.page)
    await submitCode(thief.page, eight.code(ahead))
    await refused(thief.page)
    // A code of the other token will do.
    await submitCode(thief.page, six.code())
    await consoleOpens(thief.page)
  })
}

test('whoever has devices of all kinds begins with the safest, switches, and finds the kind used last the next time', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await newSigner(twinlock, 'alice')
  const root = await rootSignedIn(twinlock)
  const token = tokenOf('FT-8-60-0042', twinlock.clock)
  await importTokens(root)
  await assignToken(root, token, { UserName: 'alice' })
  await registerKey(root, newKey(), 'blue', { UserName: 'alice' })
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(120)
  await using alice = await visitor(twinlock)
  const { page } = alice
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await page.getByText('Use your passkey or security key.').waitFor()
  await page.getByRole('button', { name: 'Use an authenticator app' }).click()
  await submitCode(page, token.code())
  await refused(page)
  await page.getByRole('button', { name: 'Use a hardware token' }).click()
  await page.getByText('Enter the code that your hardware token shows.').waitFor()
  // What was wrong with the other device is not said of this one.
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor({ state: 'detached' })
  await submitCode(page, app.code())
  await refused(page)
  await submitCode(page, token.code())
  await consoleOpens(page)

  await alice.forget()
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await page.getByText('Enter the code that your hardware token shows.').waitFor()
})
