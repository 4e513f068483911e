// Security keys and passkeys as the second lock, in a real browser with the authenticators that Chromium plays.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListMFADevicesCommand } from '@aws-sdk/client-iam'
import { enrol } from '../../server/test/authenticator.ts'
import { allow } from '../../server/test/people.ts'
import { newSigner, signedIn } from '../../server/test/sign-in-people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import type { Visitor } from './browser.ts'
import { expectAccessible, visitor } from './browser.ts'
import { addKey, enrolKeyOfRoot } from './enrolment-page.ts'
import { rootPassword } from './root-password.ts'
import {
  consoleOpens,
  refused,
  submitCode,
  submitRoot,
  submitUser,
  useKey,
} from './sign-in-page.ts'
import { AUTHENTICATOR_KINDS, plugIn } from './virtual-authenticator.ts'

/** From now on users must have a device. */
async function demandDevices(twinlock: TestTwinlock, more: object = {}): Promise<void> {
  await newSigner(twinlock, 'boss', allow('*'))
  const boss = await signedIn(twinlock, 'boss')
  await boss.call('signin:PutMFARequirement', { Mode: 'require', ...more })
}

/** Alice, who must have a device, enrols what is plugged in while signing in, and signs out again. */
async function enrolKey(twinlock: TestTwinlock, { page, forget }: Visitor): Promise<void> {
  await demandDevices(twinlock)
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await addKey(page, 'yubikey')
  await consoleOpens(page)
  await forget()
}

for (const kind of AUTHENTICATOR_KINDS) {
  test(`a user who must have a device enrols a ${kind}, and it is the second lock`, async () => {
    await using twinlock = await startTwinlock()
    await newSigner(twinlock, 'alice')
    await using alice = await visitor(twinlock)
    const { page } = alice
    await plugIn(page, kind)
    await enrolKey(twinlock, alice)
    const { MFADevices } = await twinlock
      .iam()
      .send(new ListMFADevicesCommand({ UserName: 'alice' }))
    assert.match(MFADevices?.[0]?.SerialNumber ?? '', /:u2f\/user\/alice\/yubikey-[A-Z2-7]{26}$/)
    await page.goto('/signin')
    await submitUser(page, 'alice')
    await page.getByText('Use your passkey or security key.').waitFor()
    await useKey(page)
    await consoleOpens(page)
  })

  test(`root enrols a ${kind}, and it is the second lock`, async () => {
    await using twinlock = await startTwinlock({ argv: await rootPassword() })
    await using root = await visitor(twinlock)
    const { page } = root
    await plugIn(page, kind)
    await enrolKeyOfRoot(root)
    await page.goto('/signin')
    await submitRoot(page)
    await page.getByText('Use your passkey or security key.').waitFor()
    await expectAccessible(page)
    await useKey(page)
    await consoleOpens(page)
  })
}

test('a ceremony that was cancelled is told from one whose time ran out, and either can be tried again', async () => {
  await using twinlock = await startTwinlock({ argv: await rootPassword() })
  await using root = await visitor(twinlock)
  const { page } = root
  const key = await plugIn(page, 'CTAP2 key')
  await enrolKeyOfRoot(root)
  await page.goto('/signin')
  await submitRoot(page)
  // As a browser answers when somebody presses "Cancel" in its dialog.
  await page.evaluate(() => {
    const get = navigator.credentials.get.bind(navigator.credentials)
    navigator.credentials.get = async () => {
      navigator.credentials.get = get
      throw new DOMException('cancelled', 'NotAllowedError')
    }
  })
  const told = (words: RegExp) => page.getByRole('alert').getByText(words).waitFor()
  await useKey(page)
  await told(/^The request was cancelled/)

  await key.touch(false)
  await page.route(/security-key\/options$/, async route => {
    const response = await route.fetch()
    const { options } = (await response.json()) as { readonly options: object }
    await route.fulfill({ response, json: { options: { ...options, timeout: 1 } } })
  })
  await useKey(page)
  await told(/^The time to answer is over/)

  await page.unroute(/security-key\/options$/)
  await key.touch(true)
  await useKey(page)
  await consoleOpens(page)
})

test('where keys must verify their user, one that cannot is refused with the reason, and one that can opens', async () => {
  await using twinlock = await startTwinlock()
  await demandDevices(twinlock, { UserVerification: 'required' })
  await newSigner(twinlock, 'alice')
  await using alice = await visitor(twinlock)
  const { page } = alice
  const refusedWithReason = () =>
    page
      .getByRole('alert')
      .getByText(/asks for a PIN, a fingerprint or a face/)
      .waitFor()
  const key = await plugIn(page, 'CTAP2 key')
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await addKey(page, 'laptop')
  await refusedWithReason()
  await key.unplug()
  const passkey = await plugIn(page, 'platform passkey')
  await useKey(page)
  await consoleOpens(page)

  await alice.forget()
  await passkey.verify(false)
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await useKey(page)
  await refusedWithReason()
  await passkey.verify(true)
  await useKey(page)
  await consoleOpens(page)
})

test('a key that is not touched makes the page wait; another kind of device goes on meanwhile', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice', allow('iam:*'))
  await using alice = await visitor(twinlock)
  const { page } = alice
  const key = await plugIn(page, 'CTAP2 key')
  await enrolKey(twinlock, alice)
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
  await enrolKey(twinlock, alice)
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
  await enrolKey(twinlock, alice)
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
  await enrolKey(twinlock, alice)
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
  await enrolKey(twinlock, alice)
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
