// Who must enrol a device does it while signing in, and can do nothing else before; and root.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { decodeBase32, timeStep, totpCode, totpSecret } from '@twinlock/factors'
import { DeactivateMFADeviceCommand, ListMFADevicesCommand } from '@aws-sdk/client-iam'
import { sweep } from '../src/authentication/sweep.ts'
import { parseAccountId } from '../src/identifiers/account-id.ts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { allow } from './people.ts'
import { ROOT_PASSWORD, newSigner, signedIn, submitRoot, submitUser } from './sign-in-people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'
import { answerWithKey, newKey, registerKey } from './web-security-key.ts'

const CONSOLE = { state: 'signed-in', returnTo: '/console/' }
const DAY = 86_400

let folder: string
let passwordFile: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlock-'))
  passwordFile = join(folder, 'root-password')
  await writeFile(passwordFile, ROOT_PASSWORD)
})
after(() => rm(folder, { recursive: true, force: true }))

const withRoot = (database: string, ...more: readonly string[]) =>
  startTwinlock({ database, argv: ['--root-password-file', passwordFile, ...more] })

/** Enrols an authenticator app at sign-in; returns its codes. */
async function enrolApp(twinlock: TestTwinlock, browser: WebBrowser) {
  const { body } = await browser.post('/signin/api/enrol/authenticator-app', {
    deviceName: 'phone',
  })
  assert.match(body.secret, /^[A-Z2-7]{64}$/)
  assert.ok(Buffer.from(body.qrCode, 'base64').subarray(1, 4).toString() === 'PNG')
  const secret = totpSecret(decodeBase32(body.secret))
  const code = (steps = 0) => totpCode(secret, timeStep(twinlock.clock.seconds()) + steps)
  const confirm = (code1: string, code2: string) =>
    browser.post('/signin/api/enrol/authenticator-app/confirm', { code1, code2 })
  return { code, confirm, serialNumber: body.serialNumber }
}

onEveryEngine('enrolment at sign-in', newDatabase => {
  test('a user who must have a device enrols one before anything else, and is signed in with it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('*'))
    await newSigner(twinlock, 'ana', allow('*'))
    const boss = await signedIn(twinlock, 'boss')
    const By = new Date(twinlock.clock.now().getTime() + 1000 * DAY).toISOString()
    await boss.call('signin:PutMFARequirement', { Mode: 'require', By })
    assert.deepEqual(await boss.call('signin:GetMFARequirement'), {
      Mode: 'require',
      By,
      UserVerification: 'preferred',
    })

    const early = webBrowser(twinlock)
    const prompted = await submitUser(early, 'ana')
    assert.deepEqual(prompted.body, { state: 'enrol', required: false, by: By })
    assert.deepEqual((await early.post('/signin/api/enrol/later')).body, CONSOLE)

    twinlock.clock.advance(DAY)
    const browser = webBrowser(twinlock)
    assert.deepEqual((await submitUser(browser, 'ana')).body, { state: 'enrol', required: true })
    assert.equal((await browser.post('/signin/api/enrol/later')).status, 401)
    assert.equal((await browser.post('/console/api/signin/GetSession')).status, 401)
    const first = await enrolApp(twinlock, browser)
    // Begun again: the first one is gone, and its name free.
    const { code, confirm, serialNumber } = await enrolApp(twinlock, browser)
    assert.equal((await confirm(first.code(-1), first.code())).body.code, 'AuthenticationFailed')
    assert.deepEqual((await confirm(code(-1), code())).body, CONSOLE)
    const session = await browser.call<{ Mfa: { SerialNumber: string } }>('signin:GetSession')
    assert.equal(session.Mfa.SerialNumber, serialNumber)

    const again = webBrowser(twinlock)
    assert.equal((await submitUser(again, 'ana')).body.state, 'mfa')
  })

  test('an app that was begun and never confirmed leaves nothing', async () => {
    const database = await newDatabase()
    await using twinlock = await withRoot(database)
    const browser = webBrowser(twinlock)
    await submitRoot(browser)
    const { serialNumber } = await enrolApp(twinlock, browser)
    const kept = await enrolApp(twinlock, webBrowser(twinlock, new Map(browser.cookies)))
    assert.equal(kept.serialNumber, serialNumber)
    await using store = await openStore(database)
    const devices = () => store.db.selectFrom('mfaDevice').select('serialNumber').execute()
    assert.equal((await devices()).length, 1)
    twinlock.clock.advance(600)
    await sweep(store, parseAccountId(twinlock.account), twinlock.clock.now())
    assert.deepEqual(await devices(), [])
  })

  test('an app that was begun goes with the sign-in that began it, put off or failed', async () => {
    const database = await newDatabase()
    await using twinlock = await withRoot(database)
    const browser = webBrowser(twinlock)
    await submitRoot(browser)
    const { serialNumber } = await enrolApp(twinlock, browser)
    assert.deepEqual((await browser.post('/signin/api/enrol/later')).body, CONSOLE)
    await using store = await openStore(database)
    const devices = async () =>
      (await store.db.selectFrom('mfaDevice').selectAll().execute()).map(each => each.serialNumber)
    assert.deepEqual(await devices(), [])

    // Its name is free, and what is confirmed stays.
    const again = webBrowser(twinlock)
    await submitRoot(again)
    const app = await enrolApp(twinlock, again)
    assert.equal(app.serialNumber, serialNumber)
    assert.deepEqual((await app.confirm(app.code(-1), app.code())).body, CONSOLE)
    assert.deepEqual(await devices(), [serialNumber])
  })

  test('a security key is enrolled at sign-in, once', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('*'))
    await newSigner(twinlock, 'ana')
    await (await signedIn(twinlock, 'boss')).call('signin:PutMFARequirement', { Mode: 'prompt' })
    const browser = webBrowser(twinlock)
    assert.deepEqual((await submitUser(browser, 'ana')).body, { state: 'enrol', required: false })
    const key = newKey()
    const options = await browser.post('/signin/api/enrol/security-key/options', {
      deviceName: 'blue',
    })
    const response = key.register(browser, options.body.options)
    const other = webBrowser(twinlock)
    await submitUser(other, 'ana')
    const stolen = await other.post('/signin/api/enrol/security-key', { response })
    assert.equal(stolen.body.code, 'AuthenticationFailed')
    const enrolled = await browser.post('/signin/api/enrol/security-key', { response })
    assert.deepEqual(enrolled.body, CONSOLE)
    // The other browser, too, has proved the password alone: the device is asked for now.
    assert.equal((await other.get('/signin/api/state')).body.state, 'mfa')
    assert.deepEqual((await answerWithKey(other, key)).body, CONSOLE)
  })

  test('root signs in by e-mail, is asked for a device for 35 days, and then must have one', async () => {
    await using twinlock = await withRoot(await newDatabase())
    const browser = webBrowser(twinlock)
    const by = new Date(twinlock.clock.now().getTime() + 35_000 * DAY).toISOString()
    assert.deepEqual((await submitRoot(browser)).body, { state: 'enrol', required: false, by })
    assert.deepEqual((await browser.post('/signin/api/enrol/later')).body, CONSOLE)
    const session = await browser.call<Record<string, unknown>>('signin:GetSession')
    assert.equal(session['Kind'], 'root')
    twinlock.clock.advance(35 * DAY)
    const late = webBrowser(twinlock)
    assert.deepEqual((await submitRoot(late)).body, { state: 'enrol', required: true })
    const { code, confirm } = await enrolApp(twinlock, late)
    assert.deepEqual((await confirm(code(-1), code())).body, CONSOLE)
  })

  test('with no grace root enrols at its first sign-in', async () => {
    await using twinlock = await withRoot(await newDatabase(), '--root-mfa-grace-days', '0')
    const { body } = await submitRoot(webBrowser(twinlock))
    assert.deepEqual(body, { state: 'enrol', required: true })
  })

  test('root manages devices of every kind in the console, and no signed request does', async () => {
    await using twinlock = await withRoot(await newDatabase())
    const root = webBrowser(twinlock)
    await submitRoot(root)
    await root.post('/signin/api/enrol/later')
    const key = newKey()
    const { SerialNumber } = await registerKey(root, key, 'safe')
    assert.match(SerialNumber, /^arn:aws:iam::123456789012:u2f\/root\/safe-[A-Z2-7]{26}$/)
    const { MFADevices } = await twinlock.iam().send(new ListMFADevicesCommand({}))
    assert.equal(MFADevices?.[0]?.SerialNumber, SerialNumber)
    await assert.rejects(twinlock.iam().send(new DeactivateMFADeviceCommand({ SerialNumber })), {
      name: 'ValidationError',
    })
    // With a device, another one or none needs it.
    const without = await root.post('/console/api/signin/DeactivateMFADevice', { SerialNumber })
    assert.equal(without.body.code, 'AccessDenied')

    const proved = webBrowser(twinlock)
    assert.equal((await submitRoot(proved)).body.state, 'mfa')
    assert.deepEqual((await answerWithKey(proved, key)).body, CONSOLE)
    const made = await proved.call<{ VirtualMFADevice: Record<string, string> }>(
      'iam:CreateVirtualMFADevice',
      { VirtualMFADeviceName: 'phone' },
    )
    const seed = Buffer.from(made.VirtualMFADevice['Base32StringSeed'] ?? '', 'base64').toString()
    const secret = totpSecret(decodeBase32(seed))
    const step = timeStep(twinlock.clock.seconds())
    const phone = made.VirtualMFADevice['SerialNumber']
    await proved.call('signin:EnableMFADevice', {
      SerialNumber: phone,
      AuthenticationCode1: totpCode(secret, step - 1),
      AuthenticationCode2: totpCode(secret, step),
    })
    const resynced = await proved.call<{ ClockDriftSeconds: number }>('signin:ResyncMFADevice', {
      SerialNumber: phone,
      AuthenticationCode1: totpCode(secret, step + 9),
      AuthenticationCode2: totpCode(secret, step + 10),
    })
    assert.ok(Math.abs(resynced.ClockDriftSeconds - 300) <= 30)
    await proved.call('signin:DeactivateMFADevice', { SerialNumber })
    const left = await proved.call<{ MFADevices: { Method: string }[] }>('signin:ListMFADevices')
    assert.deepEqual(
      left.MFADevices.map(({ Method }) => Method),
      ['totp'],
    )
  })

  test('root changes its password in the console, and its other sessions end', async () => {
    await using twinlock = await withRoot(await newDatabase())
    const [here, there] = [webBrowser(twinlock), webBrowser(twinlock)]
    for (const browser of [here, there]) {
      await submitRoot(browser)
      await browser.post('/signin/api/enrol/later')
    }
    const change = (OldPassword: string, NewPassword: string) =>
      here.post('/console/api/signin/ChangeRootPassword', { OldPassword, NewPassword })
    assert.equal((await change('wrong', 'new-Horse-Battery-1')).body.code, 'AccessDenied')
    assert.equal((await change(ROOT_PASSWORD, 'short')).body.code, 'PasswordPolicyViolation')
    assert.equal((await change(ROOT_PASSWORD, 'new-Horse-Battery-1')).status, 200)
    await here.call('signin:GetSession')
    assert.equal((await there.post('/console/api/signin/GetSession')).status, 401)
    assert.equal((await submitRoot(webBrowser(twinlock))).status, 401)
  })

  test('a hardware token is enrolled at sign-in by its serial number and two codes', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('*'))
    await newSigner(twinlock, 'ana')
    const boss = await signedIn(twinlock, 'boss')
    const seed = Buffer.from('12345678901234567890')
    await boss.call('signin:ImportHardwareTokens', {
      Format: 'CSV',
      Document: `serial,seed\nGAHT12345678,${seed.toString('hex')}\n`,
    })
    await boss.call('signin:PutMFARequirement', { Mode: 'require' })
    const browser = webBrowser(twinlock)
    assert.deepEqual((await submitUser(browser, 'ana')).body, { state: 'enrol', required: true })
    const secret = totpSecret(seed)
    const step = timeStep(twinlock.clock.seconds())
    const enrol = (serialNumber: string) =>
      browser.post('/signin/api/enrol/hardware-token', {
        serialNumber,
        code1: totpCode(secret, step - 1),
        code2: totpCode(secret, step),
      })
    assert.equal((await enrol('GAHT00000000')).body.code, 'AuthenticationFailed')
    assert.deepEqual((await enrol('GAHT12345678')).body, CONSOLE)
  })
})
