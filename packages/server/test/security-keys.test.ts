// Passkeys and security keys: registered in the console, asked for at sign-in, and told of by IAM's operations.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  DeactivateMFADeviceCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetAccountSummaryCommand,
  GetMFADeviceCommand,
  ListMFADevicesCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
  TagMFADeviceCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { open, readConfig } from '../src/index.ts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { allow, deny } from './people.ts'
import { newSigner, signedIn, submitUser } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import type { Answer } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'
import { answerWithKey, newKey, registerKey } from './web-security-key.ts'

const SERIAL = /^arn:aws:iam::123456789012:u2f\/user\/ana\/blue-[A-Z2-7]{26}$/
const CONSOLE = { state: 'signed-in', returnTo: '/console/' }
const FAILED = 'AuthenticationFailed'

const outcomesOf = (answers: readonly Answer[]) =>
  answers.map(({ status, body }) => (status === 200 ? 'ok' : String(body.code))).toSorted()

onEveryEngine('security keys', (newDatabase, engine) => {
  test('a key that is registered in the console signs its user in, and IAM tells the truth about it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newSigner(twinlock, 'ana', allow('iam:*'), allow('sts:*'))
    const browser = await signedIn(twinlock, 'ana')
    const key = newKey()
    const { SerialNumber, Certifications } = await registerKey(browser, key, 'blue')
    assert.match(SerialNumber, SERIAL)
    assert.equal(Certifications, undefined)

    const iam = twinlock.iam()
    const UserName = 'ana'
    const EnableDate = twinlock.clock.now()
    const { MFADevices } = await iam.send(new ListMFADevicesCommand({ UserName }))
    assert.deepEqual(MFADevices, [{ UserName, SerialNumber, EnableDate }])
    const { VirtualMFADevices } = await iam.send(new ListVirtualMFADevicesCommand({}))
    assert.deepEqual(VirtualMFADevices, [])
    const { $metadata: _, ...device } = await iam.send(
      new GetMFADeviceCommand({ UserName, SerialNumber }),
    )
    assert.deepEqual(device, { UserName, SerialNumber, EnableDate })
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
    assert.equal(SummaryMap?.MFADevices, 1)
    assert.equal(SummaryMap?.MFADevicesInUse, 1)
    await assert.rejects(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })), {
      name: 'NoSuchEntityException',
    })
    await assert.rejects(iam.send(new TagMFADeviceCommand({ SerialNumber, Tags: [] })), {
      name: 'NoSuchEntityException',
    })
    const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '234567' }
    await assert.rejects(
      iam.send(new ResyncMFADeviceCommand({ UserName, SerialNumber, ...codes })),
      { name: 'ValidationError' },
    )
    await assert.rejects(
      iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes })),
      { name: 'EntityAlreadyExistsException' },
    )
    await assert.rejects(
      twinlock.sts(ana).send(new GetSessionTokenCommand({ SerialNumber, TokenCode: '123456' })),
      { message: /^MultiFactorAuthentication failed, unable to validate MFA code\. / },
    )

    const again = webBrowser(twinlock)
    const asked = await submitUser(again, 'ana')
    assert.deepEqual(asked.body.methods, ['security-key'])
    assert.deepEqual((await answerWithKey(again, key)).body, CONSOLE)
    const session = await again.call<{ Mfa: object }>('signin:GetSession')
    assert.deepEqual(session.Mfa, {
      Method: 'security-key',
      SerialNumber,
      AuthenticatedAt: EnableDate.toISOString(),
      PhishingResistant: true,
    })

    // The serial number stays when its user is called otherwise.
    await iam.send(new UpdateUserCommand({ UserName, NewUserName: 'anna' }))
    const renamed = await iam.send(new ListMFADevicesCommand({ UserName: 'anna' }))
    assert.equal(renamed.MFADevices?.[0]?.SerialNumber, SerialNumber)
  })

  test('a user with a key is not deleted, and a key that is deactivated is gone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const { SerialNumber } = await registerKey(await signedIn(twinlock, 'ana'), newKey(), 'blue')
    const iam = twinlock.iam()
    const UserName = 'ana'
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'own' }))
    await iam.send(new DeleteLoginProfileCommand({ UserName }))
    await assert.rejects(iam.send(new DeleteUserCommand({ UserName })), {
      name: 'DeleteConflictException',
    })
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }))
    await assert.rejects(iam.send(new GetMFADeviceCommand({ UserName, SerialNumber })), {
      name: 'NoSuchEntityException',
    })
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
    assert.equal(SummaryMap?.MFADevices, 0)
  })

  test('a replayed answer, another origin, another challenge and another user’s key prove nothing', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    await newSigner(twinlock, 'ben', allow('iam:*'))
    const [anas, bens] = [newKey(), newKey()]
    await registerKey(await signedIn(twinlock, 'ana'), anas, 'blue')
    await registerKey(await signedIn(twinlock, 'ben'), bens, 'red')

    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    for (const lie of [
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { origin: browser.origin.replace('http:', 'https:') },
      { clientData: { crossOrigin: true } },
      { clientData: { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' } },
      { clientData: { type: 'webauthn.create' } },
    ]) {
      assert.equal((await answerWithKey(browser, anas, lie)).body.code, FAILED)
    }
    assert.equal((await answerWithKey(browser, bens)).body.code, FAILED)

    const { body } = await browser.post('/signin/api/mfa/security-key/options')
    const response = anas.answer(browser, body.options)
    const second = browser.copy()
    const answers = await Promise.all([
      browser.post('/signin/api/mfa/security-key', { response }),
      second.post('/signin/api/mfa/security-key', { response }),
    ])
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const third = webBrowser(twinlock)
    await submitUser(third, 'ana')
    await third.post('/signin/api/mfa/security-key/options')
    const replayed = await third.post('/signin/api/mfa/security-key', { response })
    assert.equal(replayed.body.code, FAILED)
  })

  test('why a key was refused is in the audit, and in no answer', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const key = newKey()
    await registerKey(await signedIn(twinlock, 'ana'), key, 'blue')
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    const { text } = await answerWithKey(browser, key, { origin: 'https://evil.example' })
    assert.doesNotMatch(text, /origin/)
    await twinlock.flush()
    await using store = await openStore(database)
    const rows = await store.db.selectFrom('auditEvent').select('record').execute()
    const told = rows.filter(({ record }) => record.includes('"SecurityKeyRefusal":"origin"'))
    assert.equal(told.length, 1)
  })

  test('who guesses codes with the right password does not keep the owner of a security key out', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const key = newKey()
    await registerKey(await signedIn(twinlock, 'ana'), key, 'blue')
    await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    const thief = webBrowser(twinlock)
    await submitUser(thief, 'ana')
    const guess = { method: 'totp', code: '123456' }
    for (let time = 0; time < 10; time++) {
      if (time % 4 === 0) twinlock.clock.advance(180)
      await thief.post('/signin/api/mfa/code', guess)
    }
    assert.equal((await thief.post('/signin/api/mfa/code', guess)).status, 429)
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    assert.deepEqual((await answerWithKey(browser, key)).body, CONSOLE)
    // Which has not given the thief any new guess.
    assert.equal((await thief.post('/signin/api/mfa/code', guess)).status, 429)
  })

  test('a challenge lives five minutes', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const key = newKey()
    await registerKey(await signedIn(twinlock, 'ana'), key, 'blue')
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    const { body } = await browser.post('/signin/api/mfa/security-key/options')
    const response = key.answer(browser, body.options)
    twinlock.clock.advance(300)
    const late = await browser.post('/signin/api/mfa/security-key', { response })
    assert.equal(late.body.code, FAILED)
    assert.deepEqual((await answerWithKey(browser, key)).body, CONSOLE)
  })

  test('a key whose counter goes back is refused from then on, flagged and told in the audit', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const key = newKey({ signCount: 5 })
    const console = await signedIn(twinlock, 'ana')
    const { SerialNumber } = await registerKey(console, key, 'blue')
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    const cloned = await answerWithKey(browser, key, { signCount: 5 })
    const wrong = await answerWithKey(browser, newKey())
    assert.deepEqual({ ...cloned.body, requestId: '' }, { ...wrong.body, requestId: '' })
    assert.equal((await answerWithKey(browser, key)).body.code, FAILED)

    const { MFADevices } = await console.call<{ MFADevices: { ClonedDate: string }[] }>(
      'signin:ListMFADevices',
    )
    assert.equal(MFADevices[0]?.ClonedDate, twinlock.clock.now().toISOString())
    await twinlock.flush()
    await using store = await openStore(database)
    const rows = await store.db
      .selectFrom('auditEvent')
      .select('record')
      .where('eventName', '=', 'ConsoleLogin')
      .execute()
    const told = rows.filter(({ record }) =>
      record.includes(`"ClonedAuthenticator":"${SerialNumber}"`),
    )
    assert.equal(told.length, 1)
  })

  test('two answers that overtake each other are no clone, and what comes after them is', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const key = newKey({ signCount: 5 })
    await registerKey(await signedIn(twinlock, 'ana'), key, 'blue')
    const [slow, quick, thief] = [webBrowser(twinlock), webBrowser(twinlock), webBrowser(twinlock)]
    for (const browser of [slow, quick, thief]) await submitUser(browser, 'ana')
    const { body } = await slow.post('/signin/api/mfa/security-key/options')
    const response = key.answer(slow, body.options, { signCount: 6 })
    twinlock.clock.advance(1)
    assert.deepEqual((await answerWithKey(quick, key, { signCount: 7 })).body, CONSOLE)
    twinlock.clock.advance(1)
    const late = await slow.post('/signin/api/mfa/security-key', { response })
    assert.equal(late.body.code, FAILED)
    assert.deepEqual((await answerWithKey(slow, key, { signCount: 8 })).body, CONSOLE)

    twinlock.clock.advance(1)
    assert.equal((await answerWithKey(thief, key, { signCount: 8 })).body.code, FAILED)
    assert.equal((await answerWithKey(thief, key, { signCount: 9 })).body.code, FAILED)
  })

  test('a key without a counter signs in again and again', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const passkey = newKey({ signCount: 0, backupEligible: true, backupState: true })
    await registerKey(await signedIn(twinlock, 'ana'), passkey, 'blue')
    for (let time = 0; time < 2; time++) {
      const browser = webBrowser(twinlock)
      await submitUser(browser, 'ana')
      assert.deepEqual((await answerWithKey(browser, passkey)).body, CONSOLE)
    }
  })

  test('a credential is registered once, and its registration is bound to session, origin and challenge', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    await newSigner(twinlock, 'ben', allow('iam:*'))
    const [ana, ben] = [await signedIn(twinlock, 'ana'), await signedIn(twinlock, 'ben')]
    const key = newKey()
    const begin = (browser: typeof ana) =>
      browser.call<{ Options: object }>('signin:BeginSecurityKeyRegistration', {
        DeviceName: 'blue',
      })
    const finish = (browser: typeof ana, Response: object) =>
      browser.post('/console/api/signin/RegisterSecurityKey', { Response })
    const { Options } = await begin(ana)
    const stolen = key.register(ana, Options)
    await begin(ben)
    assert.equal((await finish(ben, stolen)).body.code, 'InvalidAuthenticationCode')
    // The wrong answer has spent ben's challenge, not ana's.
    assert.equal((await finish(ana, stolen)).status, 200)
    const evil = await begin(ben)
    const lie = { origin: 'https://evil.example' }
    assert.equal(
      (await finish(ben, newKey().register(ben, evil.Options, lie))).body.code,
      'InvalidAuthenticationCode',
    )
    const bens = await begin(ben)
    const taken = key.register(ben, bens.Options)
    assert.equal((await finish(ben, taken)).body.code, 'EntityAlreadyExists')
    // That refusal has spent the challenge, too.
    assert.equal((await finish(ben, taken)).body.code, 'InvalidAuthenticationCode')
  })

  test('of answers to one registration at once, one registers its key', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    await newSigner(twinlock, 'ben')
    const console = await signedIn(twinlock, 'ana')
    const UserName = 'ben'
    const { Options } = await console.call<{ Options: object }>(
      'signin:BeginSecurityKeyRegistration',
      { UserName, DeviceName: 'blue' },
    )
    const answers = await Promise.all(
      [newKey(), newKey(), newKey()].map(key =>
        console.post('/console/api/signin/RegisterSecurityKey', {
          UserName,
          Response: key.register(console, Options),
        }),
      ),
    )
    const refused = 'InvalidAuthenticationCode'
    assert.deepEqual(outcomesOf(answers), [refused, refused, 'ok'])
    const { MFADevices } = await twinlock.iam().send(new ListMFADevicesCommand({ UserName }))
    assert.equal(MFADevices?.length, 1)
  })

  test('of answers to one enrolment at sign-in at once, one enrols its key and signs in', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'boss', allow('*'))
    await newSigner(twinlock, 'ana')
    const boss = await signedIn(twinlock, 'boss')
    await boss.call('signin:PutMFARequirement', { Mode: 'require' })
    const browser = webBrowser(twinlock)
    assert.equal((await submitUser(browser, 'ana')).body.state, 'enrol')
    const path = '/signin/api/enrol/security-key'
    const { body } = await browser.post(`${path}/options`, { deviceName: 'blue' })
    const answers = await Promise.all(
      [newKey(), newKey(), newKey()].map(key =>
        browser.copy().post(path, { response: key.register(browser, body.options) }),
      ),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    const { MFADevices } = await twinlock.iam().send(new ListMFADevicesCommand({ UserName: 'ana' }))
    assert.equal(MFADevices?.length, 1)
  })

  test('whoever has a device needs MFA to register another, and eight are all', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const browser = await signedIn(twinlock, 'ana')
    const key = newKey()
    await registerKey(browser, key, 'key-0')
    const begin = { DeviceName: 'key-1' }
    const path = '/console/api/signin/BeginSecurityKeyRegistration'
    const refused = await browser.post(path, begin)
    assert.equal(refused.body.code, 'AccessDenied')
    assert.match(refused.body.message, /authenticated with an MFA device/)

    const proved = webBrowser(twinlock)
    await submitUser(proved, 'ana')
    await answerWithKey(proved, key)
    for (let n = 1; n < 8; n++) await registerKey(proved, newKey(), `key-${n}`)
    const ninth = await proved.post(path, begin)
    assert.equal(ninth.body.code, 'LimitExceeded')
  })

  test('policies tell a phishing-resistant session from others, and IAM’s phases of a registration apart', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const phishable = { Condition: { Bool: { 'twinlock:PhishingResistant': 'false' } } }
    const activating = { Condition: { StringEquals: { 'iam:RegisterSecurityKey': 'Activate' } } }
    await newSigner(twinlock, 'ana', allow('iam:*'), deny('iam:ListUsers', phishable))
    await newSigner(twinlock, 'ben', allow('iam:*'), deny('iam:EnableMFADevice', activating))
    const ana = await signedIn(twinlock, 'ana')
    assert.equal((await ana.post('/console/api/iam/ListUsers')).body.code, 'AccessDenied')
    const key = newKey()
    await registerKey(ana, key, 'blue')
    const proved = webBrowser(twinlock)
    await submitUser(proved, 'ana')
    await answerWithKey(proved, key)
    assert.equal((await proved.post('/console/api/iam/ListUsers')).status, 200)

    const ben = await signedIn(twinlock, 'ben')
    const { Options } = await ben.call<{ Options: object }>('signin:BeginSecurityKeyRegistration', {
      DeviceName: 'red',
    })
    const Response = newKey().register(ben, Options)
    const denied = await ben.post('/console/api/signin/RegisterSecurityKey', { Response })
    assert.equal(denied.body.code, 'AccessDenied')
    assert.match(denied.body.message, /iam:EnableMFADevice/)
  })

  test('an answer is good at one of two nodes', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const key = newKey()
    await registerKey(await signedIn(twinlock, 'ana'), key, 'blue')
    const data = await mkdtemp(join(tmpdir(), 'twinlock-'))
    {
      const { origin } = webBrowser(twinlock)
      const argv = ['--data', data, '--listen', '127.0.0.1:0', '--public-url', origin]
      const keyFile = ['--master-key-file', twinlock.masterKeyFile]
      const config = { ...readConfig([...argv, ...keyFile], {}), database }
      await using other = await open(config, twinlock.clock)
      const here = webBrowser(twinlock)
      await submitUser(here, 'ana')
      const { body } = await here.post('/signin/api/mfa/security-key/options')
      const response = key.answer(here, body.options)
      const there = webBrowser(other, new Map(here.cookies))
      const path = '/signin/api/mfa/security-key'
      const first = here.post(path, { response })
      // SQLite is for one process: two in this one would wait for each other.
      if (engine === 'sqlite') await first
      const answers = await Promise.all([first, there.post(path, { response }, { origin })])
      assert.deepEqual(
        answers.map(({ status }) => status).toSorted((a, b) => a - b),
        [200, 401],
      )
    }
    await rm(data, { recursive: true, force: true })
  })
})
