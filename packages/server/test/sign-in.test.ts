// Sign-in with a password and codes, as browsers do it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  CreateAccountAliasCommand,
  DeleteLoginProfileCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateLoginProfileCommand,
} from '@aws-sdk/client-iam'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { allow } from './people.ts'
import { PASSWORD, newSigner, signedIn, submitUser } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'

const FAILED = 'Your authentication information is incorrect. Please try again.'
const CONSOLE = { state: 'signed-in', returnTo: '/console/' }

const BEHIND_PROXY = ['--trusted-proxies', '127.0.0.1']

/** The browser, at this address behind the proxy. */
const from = (address: string, browser: WebBrowser): WebBrowser => ({
  ...browser,
  post: (path, input, headers) =>
    browser.post(path, input, { 'x-forwarded-for': address, ...headers }),
})

onEveryEngine('sign-in', newDatabase => {
  test('a user signs in with account id or alias, user name and password', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await twinlock.iam().send(new CreateAccountAliasCommand({ AccountAlias: 'acme' }))
    await newSigner(twinlock, 'ana', allow('iam:*'))
    for (const account of ['123456789012', 'acme']) {
      const browser = webBrowser(twinlock)
      const answer = await submitUser(browser, 'ANA', PASSWORD, account)
      assert.deepEqual(answer.body, CONSOLE)
      const session = await browser.call<{ Arn: string; Mfa?: object }>('signin:GetSession')
      assert.equal(session.Arn, 'arn:aws:iam::123456789012:user/ana')
      assert.equal(session.Mfa, undefined)
    }
  })

  test('an unknown account, an unknown user, a user without a password and a wrong password get one answer', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    await newSigner(twinlock, 'ben')
    await twinlock.iam().send(new DeleteLoginProfileCommand({ UserName: 'ben' }))
    const answers = []
    for (const [name, password, account] of [
      ['ana', 'wrong', '123456789012'],
      ['ben', PASSWORD, '123456789012'],
      ['nobody', PASSWORD, '123456789012'],
      ['ana', PASSWORD, '210987654321'],
      ['ana', PASSWORD, 'nowhere'],
      ['ana', 'x'.repeat(129), '123456789012'],
    ] as const) {
      const browser = webBrowser(twinlock)
      const { status, headers, body } = await submitUser(browser, name, password, account)
      const { requestId: _, ...rest } = body
      const names = [...headers.keys()]
      answers.push({ status, rest, names, cookies: browser.cookies.size })
    }
    const [first, ...others] = answers
    assert.deepEqual(first?.rest, { code: 'AuthenticationFailed', message: FAILED })
    for (const other of others) assert.deepEqual(other, first)
  })

  test('a code of the app is asked for after the password, and proves once', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    const app = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    twinlock.clock.advance(60)
    const browser = webBrowser(twinlock)
    const asked = await submitUser(browser, 'ana')
    assert.deepEqual(asked.body, {
      state: 'mfa',
      devices: [{ serialNumber: app.SerialNumber, deviceName: 'phone', method: 'totp' }],
      methods: ['totp'],
      offerResync: false,
    })
    assert.deepEqual((await browser.get('/signin/api/state')).body, asked.body)
    const second = browser.copy()
    const code = app.code()
    const proved = await browser.post('/signin/api/mfa/code', { method: 'totp', code })
    assert.deepEqual(proved.body, CONSOLE)
    const session = await browser.call<{ Mfa: { Method: string; SerialNumber: string } }>(
      'signin:GetSession',
    )
    assert.equal(session.Mfa.Method, 'totp')
    assert.equal(session.Mfa.SerialNumber, app.SerialNumber)

    // The other tab's sign-in is over, and the code is spent in a new one.
    const late = await second.post('/signin/api/mfa/code', { method: 'totp', code: app.code(1) })
    assert.equal(late.body.code, 'SignInExpired')
    const again = webBrowser(twinlock)
    await submitUser(again, 'ana')
    const replayed = await again.post('/signin/api/mfa/code', { method: 'totp', code })
    assert.equal(replayed.body.code, 'AuthenticationFailed')
  })

  test('after three wrong codes the page offers to set the clock right, and tells how far it was off', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const app = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    twinlock.clock.advance(600)
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    const offers = []
    for (let wrong = 0; wrong < 3; wrong++) {
      // The phone's clock is four minutes behind.
      const input = { method: 'totp', code: app.code(-8) }
      const { body } = await browser.post('/signin/api/mfa/code', input)
      assert.equal(body.code, 'AuthenticationFailed')
      offers.push(body.offerResync)
    }
    assert.deepEqual(offers, [undefined, undefined, true])
    const { body } = await browser.post('/signin/api/mfa/resync', {
      serialNumber: app.SerialNumber,
      code1: app.code(-8),
      code2: app.code(-7),
    })
    assert.equal(body.state, 'mfa')
    assert.match(body.resynced.inWords, /minutes behind/)
    assert.ok(Math.abs(body.resynced.clockDriftSeconds + 210) <= 30)
    const proved = await browser.post('/signin/api/mfa/code', {
      method: 'totp',
      code: app.code(-6),
    })
    assert.deepEqual(proved.body, CONSOLE)
  })

  test('a password that must be changed is changed first, by the policy, and ends what the old one opened', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const other = await signedIn(twinlock, 'ana')
    const iam = twinlock.iam()
    await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14 }))
    await iam.send(new UpdateLoginProfileCommand({ UserName: 'ana', PasswordResetRequired: true }))
    const browser = webBrowser(twinlock)
    const asked = await submitUser(browser, 'ana')
    assert.deepEqual([asked.body.state, asked.body.reason], ['change-password', 'reset'])
    assert.equal(asked.body.requirements.minimumLength, 14)
    assert.equal((await browser.post('/console/api/signin/GetSession')).status, 401)
    const change = (newPassword: string) =>
      browser.post('/signin/api/change-password', { newPassword })
    assert.equal((await change('short')).body.code, 'PasswordPolicyViolation')
    assert.equal((await change(PASSWORD)).body.code, 'PasswordPolicyViolation')
    assert.deepEqual((await change('a-longer-password-1')).body, CONSOLE)
    assert.equal((await other.post('/console/api/signin/GetSession')).status, 401)
    assert.equal((await submitUser(webBrowser(twinlock), 'ana')).status, 401)
  })

  test('who never signed in changes the password that was given, and not one that was reset', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const reset = { UserName: 'ana', PasswordResetRequired: true }
    await twinlock.iam().send(new UpdateLoginProfileCommand(reset))
    const asked = await submitUser(webBrowser(twinlock), 'ana')
    assert.deepEqual([asked.body.state, asked.body.reason], ['change-password', 'first-sign-in'])
  })

  test('an expired password is changed at sign-in, and with HardExpiry by an administrator alone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const iam = twinlock.iam()
    await iam.send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 30 }))
    twinlock.clock.advance(31 * 86_400)
    const asked = await submitUser(webBrowser(twinlock), 'ana')
    assert.deepEqual([asked.body.state, asked.body.reason], ['change-password', 'expired'])
    await iam.send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 30, HardExpiry: true }))
    const refused = await submitUser(webBrowser(twinlock), 'ana')
    assert.equal(refused.status, 403)
    assert.equal(refused.body.code, 'PasswordExpired')
  })

  test('guesses at one user wait longer and longer, whether or not there is such a user', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    for (const name of ['ana', 'nobody']) {
      const browser = webBrowser(twinlock)
      for (let guess = 0; guess < 5; guess++) {
        assert.equal((await submitUser(browser, name, 'wrong')).status, 401)
      }
      const waits = []
      for (let guess = 0; guess < 8; guess++) {
        const { status, body, headers } = await submitUser(browser, name, 'wrong')
        assert.equal(status, 429)
        assert.equal(headers.get('retry-after'), String(body.retryAfterSeconds))
        waits.push(body.retryAfterSeconds)
        twinlock.clock.advance(body.retryAfterSeconds)
        assert.equal((await submitUser(browser, name, 'wrong')).status, 401)
      }
      assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128])
      twinlock.clock.advance(128)
    }
  })

  test('twelve guesses at once are five', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => submitUser(webBrowser(twinlock), 'ana', 'wrong')),
    )
    assert.equal(answers.filter(({ status }) => status === 401).length, 5)
  })

  test('who guesses at a user from other networks makes the owner wait a minute at most, in a new browser', async () => {
    await using twinlock = await startTwinlock({
      database: await newDatabase(),
      argv: BEHIND_PROXY,
    })
    await newSigner(twinlock, 'ana')
    const waitFor = async (browser: WebBrowser) => {
      const { body } = await submitUser(browser, 'ana', 'wrong')
      twinlock.clock.advance(body.retryAfterSeconds ?? 0)
      if (body.retryAfterSeconds) await submitUser(browser, 'ana', 'wrong')
      return body.retryAfterSeconds
    }
    const one = from('203.0.113.7', webBrowser(twinlock))
    for (let guess = 0; guess < 14; guess++) await waitFor(one)
    assert.equal(await waitFor(one), 512)
    const owner = () => from('198.51.100.7', webBrowser(twinlock))
    assert.deepEqual((await submitUser(owner(), 'ana')).body, CONSOLE)

    for (let network = 0; network < 12; network++) {
      await waitFor(from(`203.0.113.${network + 8}`, webBrowser(twinlock)))
    }
    assert.equal((await submitUser(owner(), 'ana')).body.retryAfterSeconds, 60)
    twinlock.clock.advance(60)
    assert.deepEqual((await submitUser(owner(), 'ana')).body, CONSOLE)
  })

  test('who signs in from an address where others guess renews nobody’s wait', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    await newSigner(twinlock, 'ben')
    const stranger = webBrowser(twinlock)
    // One by one, so that it is the address alone that slows them.
    for (let guess = 0; guess < 28; guess++) {
      const { body } = await submitUser(stranger, `nobody-${guess}`, 'wrong')
      twinlock.clock.advance(body.retryAfterSeconds ?? 0)
      if (body.retryAfterSeconds) await submitUser(stranger, `nobody-${guess}`, 'wrong')
    }
    const waits = await submitUser(webBrowser(twinlock), 'ana')
    assert.equal(waits.body.retryAfterSeconds, 128)
    assert.match(waits.body.message, / try again in 3 minutes\.$/)
    twinlock.clock.advance(128)
    assert.deepEqual((await submitUser(webBrowser(twinlock), 'ana')).body, CONSOLE)
    assert.deepEqual((await submitUser(webBrowser(twinlock), 'ben')).body, CONSOLE)
  })

  test('who guesses codes with the right password keeps the owner out of no browser that is known', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const own = await signedIn(twinlock, 'ana')
    await own.post('/console/api/sign-out')
    const app = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    const thief = webBrowser(twinlock)
    await submitUser(thief, 'ana')
    const submit = (browser: typeof own, code: string) =>
      browser.post('/signin/api/mfa/code', { method: 'totp', code })
    for (let guess = 0; guess < 10; guess++) {
      // Four in each of the device's windows, which it bears.
      if (guess % 4 === 0) twinlock.clock.advance(180)
      assert.equal((await submit(thief, app.code(500))).status, 401)
    }
    assert.equal((await submit(thief, app.code(500))).body.retryAfterSeconds, 1)
    assert.equal((await submitUser(own, 'ana')).body.state, 'mfa')
    assert.deepEqual((await submit(own, app.code())).body, CONSOLE)
    // Which has not given the thief any new guess.
    assert.equal((await submit(thief, app.code(500))).body.retryAfterSeconds, 1)
  })

  test('a device that was tried too often says how long it really rests', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const app = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    const { clock } = twinlock
    clock.advance(360 - (clock.seconds() % 180) + 37)
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    const submit = (code: string) => browser.post('/signin/api/mfa/code', { method: 'totp', code })
    for (let guess = 0; guess < 9; guess++) await submit(app.code(500))
    const rests = await submit(app.code())
    assert.equal(rests.status, 429)
    assert.equal(rests.body.retryAfterSeconds, 180 - 37)
    assert.equal(rests.headers.get('retry-after'), '143')
    const pair = { serialNumber: app.SerialNumber, code1: app.code(-1), code2: app.code() }
    const resync = await browser.post('/signin/api/mfa/resync', pair)
    assert.equal(resync.body.retryAfterSeconds, 143)
    clock.advance(142)
    assert.equal((await submit(app.code())).body.retryAfterSeconds, 1)
    clock.advance(1)
    assert.deepEqual((await submit(app.code())).body, CONSOLE)
  })

  test('a browser in which the user has signed in is not kept out by the guesses of others', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const own = await signedIn(twinlock, 'ana')
    await own.post('/console/api/sign-out')
    const stranger = webBrowser(twinlock)
    for (let guess = 0; guess < 6; guess++) await submitUser(stranger, 'ana', 'wrong')
    assert.equal((await submitUser(stranger, 'ana')).status, 429)
    assert.equal((await submitUser(own, 'ana')).status, 200)
    // And the cookie is worth nothing to another user's guesser.
    await newSigner(twinlock, 'ben')
    for (let guess = 0; guess < 6; guess++) await submitUser(own, 'ben', 'wrong')
    assert.equal((await submitUser(own, 'ben')).status, 429)
  })

  test('a sign-in takes ten minutes at most, and ends when the password changes', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const app = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    twinlock.clock.advance(60)
    const slow = webBrowser(twinlock)
    await submitUser(slow, 'ana')
    twinlock.clock.advance(600)
    const late = await slow.post('/signin/api/mfa/code', { method: 'totp', code: app.code() })
    assert.equal(late.body.code, 'SignInExpired')

    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    await twinlock
      .iam()
      .send(new UpdateLoginProfileCommand({ UserName: 'ana', Password: 'another-Horse-8' }))
    const over = await browser.post('/signin/api/mfa/code', { method: 'totp', code: app.code() })
    assert.equal(over.body.code, 'SignInExpired')
  })

  test('a session is dead at sign-out, after its time, when it is idle, and without its user’s password', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const isAlive = async (browser: { post: (path: string) => Promise<{ status: number }> }) =>
      (await browser.post('/console/api/signin/GetSession')).status === 200

    const out = await signedIn(twinlock, 'ana')
    const stolen = out.copy()
    assert.ok(await isAlive(stolen))
    await out.post('/console/api/sign-out')
    assert.ok(!(await isAlive(stolen)))

    const idle = await signedIn(twinlock, 'ana')
    twinlock.clock.advance(3599)
    assert.ok(await isAlive(idle))
    twinlock.clock.advance(3600)
    assert.ok(!(await isAlive(idle)))

    const busy = await signedIn(twinlock, 'ana')
    for (let halfHour = 0; halfHour < 24; halfHour++) {
      assert.ok(await isAlive(busy))
      twinlock.clock.advance(1800)
    }
    assert.ok(!(await isAlive(busy)))

    const locked = await signedIn(twinlock, 'ana')
    await twinlock.iam().send(new DeleteLoginProfileCommand({ UserName: 'ana' }))
    assert.ok(!(await isAlive(locked)))
  })

  test('no password, code or cookie is in the audit, and no name that nobody has', async () => {
    const database = await newDatabase()
    const cookies: string[] = []
    {
      await using twinlock = await startTwinlock({ database })
      await newSigner(twinlock, 'ana')
      const app = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
      twinlock.clock.advance(60)
      const browser = webBrowser(twinlock)
      await submitUser(browser, 'my-secret-password', 'x')
      await submitUser(browser, 'ana', 'wrong-password')
      await submitUser(browser, 'ana')
      cookies.push(...browser.cookies.values())
      await browser.post('/signin/api/mfa/code', { method: 'totp', code: '000000' })
      await browser.post('/signin/api/mfa/code', { method: 'totp', code: app.code() })
      cookies.push(...browser.cookies.values())
      await browser.post('/console/api/sign-out')
    }
    await using store = await openStore(database)
    const rows = await store.db
      .selectFrom('auditEvent')
      .select(['eventName', 'record', 'userName'])
      .where('eventSource', '=', 'signin.amazonaws.com')
      .orderBy('eventTime')
      .execute()
    const text = JSON.stringify(rows)
    for (const secret of [PASSWORD, 'wrong-password', 'my-secret', '000000', ...cookies]) {
      assert.ok(!text.includes(secret), secret)
    }
    const told = rows.map(({ record }) => {
      const { eventName, responseElements, additionalEventData, errorMessage, userIdentity } =
        JSON.parse(record)
      return [
        eventName,
        responseElements[eventName],
        additionalEventData?.MFAUsed,
        errorMessage,
        userIdentity.userName,
      ]
    })
    assert.deepEqual(
      new Set(told.map(row => JSON.stringify(row))),
      new Set([
        JSON.stringify([
          'ConsoleLogin',
          'Failure',
          'No',
          'No username found in supplied account',
          'HIDDEN_DUE_TO_SECURITY_REASONS',
        ]),
        JSON.stringify(['ConsoleLogin', 'Failure', 'No', 'Failed authentication', 'ana']),
        JSON.stringify(['CheckMfa', 'Success', undefined, undefined, 'ana']),
        JSON.stringify(['ConsoleLogin', 'Failure', 'Yes', 'Failed authentication', 'ana']),
        JSON.stringify(['ConsoleLogin', 'Success', 'Yes', undefined, 'ana']),
        JSON.stringify(['Logout', 'Success', undefined, undefined, undefined]),
      ]),
    )
  })

  test('the store has no token of a session, a sign-in or a browser', async () => {
    const database = await newDatabase()
    await using twinlock = await startTwinlock({ database })
    await newSigner(twinlock, 'ana')
    await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    await newSigner(twinlock, 'ben')
    const browsers = [webBrowser(twinlock), webBrowser(twinlock)] as const
    await submitUser(browsers[0], 'ana')
    await submitUser(browsers[1], 'ben')
    await using store = await openStore(database)
    const rows = JSON.stringify([
      await store.db.selectFrom('browserSession').selectAll().execute(),
      await store.db.selectFrom('signInAttempt').selectAll().execute(),
    ])
    for (const browser of browsers) {
      for (const token of browser.cookies.values()) assert.ok(!rows.includes(token))
    }
  })
})
