// MFA devices of other people, in the hands of an administrator, in a real browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ListMFADevicesCommand, ListVirtualMFADevicesCommand } from '@aws-sdk/client-iam'
import { certify } from '../../factors/test/attestation-certificates.ts'
import { enrol } from '../../server/test/authenticator.ts'
import { allow } from '../../server/test/people.ts'
import {
  newSigner,
  signedIn,
  submitUser as submitWithoutPage,
} from '../../server/test/sign-in-people.ts'
import type { TestTwinlock } from '../../server/test/twinlock.ts'
import { startTwinlock } from '../../server/test/twinlock.ts'
import type { WebBrowser } from '../../server/test/web-browser.ts'
import { webBrowser } from '../../server/test/web-browser.ts'
import { newKey, registerKey } from '../../server/test/web-security-key.ts'
import { expectAccessible, visitor } from './browser.ts'
import { administrator, confirm, opened, told } from './console-people.ts'
import { addApp, addKey, chooseDevice, submitCodes } from './enrolment-page.ts'
import { assignToken, importTokens, tokenOf } from './hardware-token.ts'
import { consoleOpens, submitUser, useKey } from './sign-in-page.ts'
import { fileWith } from './temporary-file.ts'
import { plugIn } from './virtual-authenticator.ts'

const CREDENTIALS = '/users/alice?tab=security_credentials'

/** An administrator without a page. */
async function bossSignedIn(twinlock: TestTwinlock): Promise<WebBrowser> {
  await newSigner(twinlock, 'boss', allow('*'))
  return signedIn(twinlock, 'boss')
}

async function serialNumbersOf(twinlock: TestTwinlock, UserName: string) {
  const { MFADevices = [] } = await twinlock.iam().send(new ListMFADevicesCommand({ UserName }))
  return MFADevices.map(({ SerialNumber = '' }) => SerialNumber)
}

test('an administrator removes devices of every kind by their names; the sessions that they proved end, and their owner signs in without', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  const boss = await bossSignedIn(twinlock)
  await registerKey(boss, newKey(), 'blue', { UserName: 'alice' })
  const app = await enrol(twinlock.iam(), twinlock.clock, 'alice', 'phone')
  const token = tokenOf('FT-6-30-0042', twinlock.clock)
  await importTokens(boss)
  await assignToken(boss, token, { UserName: 'alice' })
  twinlock.clock.advance(120)
  const open = webBrowser(twinlock)
  await submitWithoutPage(open, 'alice')
  await open.post('/signin/api/mfa/code', { method: 'totp', code: app.code() })

  await using admin = await administrator(twinlock, CREDENTIALS)
  const { page } = admin
  for (const name of ['blue', 'phone', token.SerialNumber]) {
    await page.getByRole('radio', { name }).check({ force: true })
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    const remove = page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true })
    assert.equal(await remove.isDisabled(), true)
    await confirm(page, name, 'Remove')
    await told(page, `${name} was removed.`)
  }
  await page.getByText('No MFA devices').waitFor()
  assert.deepEqual(await serialNumbersOf(twinlock, 'alice'), [])
  // The app's secret is gone; the token lies in a drawer, for somebody else.
  const { VirtualMFADevices } = await twinlock.iam().send(new ListVirtualMFADevicesCommand({}))
  assert.deepEqual(VirtualMFADevices, [])
  const { HardwareTokens } = await boss.call<{
    HardwareTokens: { SerialNumber: string; UserName?: string }[]
  }>('signin:ListHardwareTokens')
  assert.deepEqual(
    HardwareTokens.filter(({ UserName }) => UserName !== undefined),
    [],
  )

  // Whoever holds the lost phone is signed out.
  const ended = await open.post('/console/api/signin/GetSession')
  assert.equal(ended.body.code, 'SessionExpired')
  await using alice = await visitor(twinlock)
  await alice.page.goto('/signin')
  await submitUser(alice.page, 'alice')
  await consoleOpens(alice.page)
})

test('an administrator assigns a user an app, a hardware token and a security key, and they are hers alone', async () => {
  await using twinlock = await startTwinlock()
  await newSigner(twinlock, 'alice')
  await using admin = await administrator(twinlock, CREDENTIALS)
  const { page } = admin
  const assign = async () => {
    await page.getByRole('link', { name: 'Assign MFA device' }).first().click()
    await opened(page, 'Assign MFA device')
  }
  await importTokens(await bossSignedIn(twinlock))
  await assign()
  await addApp(page, twinlock.clock, 'phone')
  await told(page, 'phone was assigned.')
  await page.waitForURL(/users\/alice\?tab=security_credentials$/)

  await assign()
  const token = tokenOf('FT-8-60-0042', twinlock.clock)
  await chooseDevice(page, 'Hardware TOTP token', '')
  await page.getByLabel('Serial number').fill(token.SerialNumber)
  await submitCodes(page, token.pair())
  await told(page, `${token.SerialNumber} was assigned.`)

  await plugIn(page, 'CTAP2 key')
  await assign()
  await addKey(page, 'blue')
  await told(page, 'blue was assigned.')
  const [first, ...others] = await serialNumbersOf(twinlock, 'alice')
  assert.deepEqual([first, others.length], [token.SerialNumber, 2])
  assert.equal(others[0], 'arn:aws:iam::123456789012:mfa/phone')
  assert.match(others[1] ?? '', /:u2f\/user\/alice\/blue-/)
  assert.deepEqual(await serialNumbersOf(twinlock, 'admin'), [])

  // The key goes from the administrator's desk to its owner.
  await admin.forget()
  await page.goto('/signin')
  await submitUser(page, 'alice')
  await useKey(page)
  await consoleOpens(page)
})

test('a key whose attestation leads to a root of the metadata shows its certifications, and no other does', async () => {
  const aaguid = '2fc0579f-8113-47ea-b116-bb5a8db9202a'
  const bytes = Buffer.from(aaguid.replaceAll('-', ''), 'hex')
  const root = certify({ commonName: 'Root', ca: true })
  const maker = certify({ commonName: 'Maker', issuer: root, aaguid: bytes })
  const forger = certify({ commonName: 'Maker', aaguid: bytes })
  const model = {
    aaguid,
    description: 'Security key',
    attestationRootCertificates: [root.certificate.toString('base64')],
    certifications: { FIDO: 'L1', 'FIPS-140-2': 'L2' },
  }
  const metadata = JSON.stringify({ authenticators: [model] })
  await using twinlock = await startTwinlock({
    argv: ['--fido-metadata', await fileWith('models.json', metadata)],
  })
  await newSigner(twinlock, 'alice')
  const boss = await bossSignedIn(twinlock)
  for (const [name, signer] of [
    ['genuine', maker],
    ['forged', forger],
  ] as const) {
    const key = newKey({ aaguid: bytes, attestation: { format: 'packed', signer } })
    await registerKey(boss, key, name, { UserName: 'alice' })
  }
  await using admin = await administrator(twinlock, CREDENTIALS)
  const { page } = admin
  const certificationsOf = (name: string) =>
    page.getByRole('row').filter({ hasText: name }).getByRole('gridcell').nth(3).innerText()
  await page.getByRole('radio', { name: 'genuine' }).waitFor()
  assert.equal(await certificationsOf('genuine'), 'FIDO L1, FIPS-140-2 L2')
  assert.equal(await certificationsOf('forged'), '-')
  await expectAccessible(page)
})
