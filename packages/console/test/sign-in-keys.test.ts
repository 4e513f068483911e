// Security keys and passkeys as the second lock, in a real browser with the authenticators that Chromium plays.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { enrol } from '../../server/test/authenticator.ts'
import { allow } from '../../server/test/people.ts'
import { newSigner } from '../../server/test/sign-in-people.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import type { Visitor } from './browser.ts'
import { expectAccessible, visitor } from './browser.ts'
import { addKey } from './enrolment-page.ts'
import { consoleOpens, refused, submitCode, submitUser } from './sign-in-page.ts'
import { AUTHENTICATOR_KINDS, plugIn } from './virtual-authenticator.ts'

/** Registers what is plugged in, and signs out again. */
async function registerKey({ page, forget }: Visitor, name = 'yubikey'): Promise<void> {
  await page.goto('/console/security-credentials/assign-mfa-device')
  await submitUser(page, 'alice')
  await addKey(page, name)
  await page.getByText(`${name} was assigned.`).waitFor()
  await forget()
}

const useKey = (page: Page) => page.getByRole('button', { name: /^(Continue|Try again)$/ }).click()

for (const kind of AUTHENTICATOR_KINDS) {
  test(`a ${kind} is the second lock`, async () => {
    await using twinlock = await startTwinlock()
    await newSigner(twinlock, 'alice', allow('iam:*'))
    await using alice = await visitor(twinlock)
    const { page } = alice
    await plugIn(page, kind)
    await registerKey(alice)
    await page.goto('/signin')
    await submitUser(page, 'alice')
    await page.getByText('Use your passkey or security key.').waitFor()
    await expectAccessible(page)
    await useKey(page)
    await consoleOpens(page)
  })
}

test('a key that is not touched makes the page wait; another kind of device goes on meanwhile', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  const key = await plugIn(page, 'CTAP2 key')
  await registerKey(alice)
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(60)
  await key.touch(false)
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await useKey(page)
  await page.getByText(/touch it when it blinks/).waitFor()
  await page.getByRole('button', { name: 'Use an authenticator app' }).click()
  await submitCode(page, app.code())
  await consoleOpens(page)
})

test('a key of somebody else opens nothing', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  const key = await plugIn(page, 'CTAP2 key')
  await registerKey(alice)
  await key.unplug()
  await plugIn(page, 'CTAP2 key')
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await useKey(page)
  await page
    .getByRole('alert')
    .getByText(/cancelled, or the device did not answer/)
    .waitFor()
  await expectAccessible(page)
})

test('an answer of a key proves once', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await plugIn(page, 'CTAP2 key')
  await registerKey(alice)
  await page.goto('/signin')
  await submitUser(page, 'alice')
  const sent = page.waitForRequest(/\/mfa\/security-key$/)
  await useKey(page)
  const answer = (await sent).postData() ?? ''
  await consoleOpens(page)

  await alice.forget()
  await page.goto('/signin')
  await submitUser(page, 'alice')
  // A new challenge is out, and the old answer is put in the place of the new one.
  await page.route(/\/mfa\/security-key$/, route => route.continue({ postData: answer }))
  await useKey(page)
  await refused(page)
})

test('a copied key, whose counter went back, is refused from then on, and its owner is told', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  const key = await plugIn(page, 'CTAP2 key')
  await registerKey(alice)
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  twinlock.clock.advance(60)
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await useKey(page)
  await consoleOpens(page)

  await key.turnBackCounter()
  await alice.forget()
  await page.goto('/console/security-credentials')
  await submitUser(page, 'alice')
  await useKey(page)
  await refused(page)
  // It is refused again, though its counter has moved on.
  await useKey(page)
  await refused(page)
  await page.getByRole('button', { name: 'Use an authenticator app' }).click()
  await submitCode(page, app.code())
  await page.getByText('yubikey: copied, not accepted any more').waitFor()
})

test('a browser without support says so', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  await plugIn(page, 'CTAP2 key')
  await registerKey(alice)
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'PublicKeyCredential', { value: undefined })
  })
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await useKey(page)
  await page
    .getByRole('alert')
    .getByText(/This browser has no support/)
    .waitFor()
  assert.equal(await page.getByRole('button', { name: 'Try again' }).isEnabled(), true)
})
