// Sessions of browsers: whose they are, and that they are over when they are said to be.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DeactivateMFADeviceCommand, ListUsersCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetFederationTokenCommand } from '@aws-sdk/client-sts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { openFederated } from './federated-browser.ts'
import { sendHalf } from './half-sent.ts'
import { allow, newRole, newUser, policy, sessionOf, trust } from './people.ts'
import {
  PASSWORD,
  ROOT_PASSWORD,
  newSigner,
  signedIn,
  submitRoot,
  submitUser,
} from './sign-in-people.ts'
import type { Credentials, TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'
import { answerWithKey, newKey, registerKey } from './web-security-key.ts'

type Listed = {
  readonly Sessions: readonly { readonly IsCurrent: boolean; readonly LastSeenAt: string }[]
}

const sessionsOf = async (browser: WebBrowser) =>
  (await browser.call<Listed>('signin:ListSessions')).Sessions

const isAlive = async (browser: WebBrowser) =>
  (await browser.post('/console/api/signin/GetSession')).status === 200

/** Sends a half, and returns when the server has judged the session and waits for the rest. */
async function judged(
  twinlock: TestTwinlock,
  owner: WebBrowser,
  ...[browser, path, body]: Parameters<typeof sendHalf>
) {
  const page = { 'x-twinlock-session': await browser.sessionName() }
  twinlock.clock.advance(61)
  const sent = sendHalf(browser, path, body, page)
  const seen = twinlock.clock.now().toISOString()
  for (;;) {
    const others = (await sessionsOf(owner)).filter(({ IsCurrent }) => !IsCurrent)
    if (others.some(({ LastSeenAt }) => LastSeenAt === seen)) return sent
  }
}

const guestOf = async (twinlock: TestTwinlock, maker: Credentials) =>
  sessionOf(await twinlock.sts(maker).send(new GetFederationTokenCommand({ Name: 'guest' })))

let folder: string
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'twinlock-'))))
after(() => rm(folder, { recursive: true, force: true }))

onEveryEngine('sessions of browsers', newDatabase => {
  test('a stolen session does not outlive the password, whatever of it was under way', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:ChangePassword'))
    const owner = await signedIn(twinlock, 'ana')
    const thief = await signedIn(twinlock, 'ana')
    const half = await judged(twinlock, owner, thief, '/console/api/signin/ExitRole', '{}')
    await owner.call('iam:ChangePassword', { OldPassword: PASSWORD, NewPassword: 'fresh-Horse-88' })
    assert.ok(!(await isAlive(thief)))
    const answer = await half.finish()
    assert.match(answer, /^HTTP\/1.1 401/)
    assert.doesNotMatch(answer, /set-cookie/i)
    assert.ok(await isAlive(owner))
  })

  test('what was half-sent when its session ended is not done', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('*'))
    const owner = await signedIn(twinlock, 'ana')
    const thief = await signedIn(twinlock, 'ana')
    const half = await judged(
      twinlock,
      owner,
      thief,
      '/console/api/iam/CreateUser',
      '{"UserName":"mallory"}',
    )
    await owner.call('signin:EndSessions')
    assert.match(await half.finish(), /^HTTP\/1.1 401/)
    const { Users } = await twinlock.iam().send(new ListUsersCommand({}))
    assert.deepEqual(
      Users?.map(({ UserName }) => UserName),
      ['ana'],
    )
  })

  test('a late answer leaves the newer cookie of the browser alone', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana')
    const owner = await signedIn(twinlock, 'ana')
    const browser = await signedIn(twinlock, 'ana')
    const half = await judged(twinlock, owner, browser, '/console/api/signin/ExitRole', '{}')
    await browser.call('signin:ExitRole')
    assert.doesNotMatch(await half.finish(), /set-cookie/i)
    assert.ok(await isAlive(browser))
  })

  test('of two switches at once the browser keeps a session', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { Arn } = await newSigner(twinlock, 'ana', allow('*'))
    const trusting = policy(trust(Arn))
    await newRole(twinlock, { RoleName: 'reader', AssumeRolePolicyDocument: trusting })
    const browser = await signedIn(twinlock, 'ana')
    const to = { Account: '123456789012', RoleName: 'reader' }
    await Promise.all([0, 1].map(() => browser.post('/console/api/signin/SwitchRole', to)))
    assert.ok(await isAlive(browser))
  })

  test('a federated user sees and ends its own sessions, and none of the user whose key made it', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const broker = await newSigner(twinlock, 'broker', allow('sts:*'), allow('twinlock:*'))
    const owner = await signedIn(twinlock, 'broker')
    const credentials = await guestOf(twinlock, broker)
    const guest = await openFederated(twinlock, credentials)
    assert.equal((await sessionsOf(guest)).length, 1)
    assert.equal((await sessionsOf(owner)).length, 1)
    assert.deepEqual(await guest.call('signin:EndSessions'), { Ended: 1 })
    assert.ok(await isAlive(owner))

    // Nor do many links push the owner out, and by the user's name the user's own sessions are meant.
    for (let link = 0; link < 50; link++) {
      twinlock.clock.advance(1)
      await openFederated(twinlock, credentials)
    }
    twinlock.clock.advance(1)
    const last = await openFederated(twinlock, credentials)
    assert.equal((await sessionsOf(last)).length, 50)
    const own = { UserName: 'broker' }
    assert.equal((await owner.call<Listed>('signin:ListSessions', own)).Sessions.length, 1)
    assert.deepEqual(await owner.call('signin:EndSessions', own), { Ended: 1 })
    assert.ok(await isAlive(last))
  })

  test('everybody in a role has sessions of their own', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('sts:AssumeRole'))
    const trusting = policy(trust(ana.Arn))
    const role = { RoleName: 'r', AssumeRolePolicyDocument: trusting }
    const { Arn: RoleArn } = await newRole(twinlock, role)
    const as = async (RoleSessionName: string) => {
      const command = new AssumeRoleCommand({ RoleArn, RoleSessionName })
      return openFederated(twinlock, sessionOf(await twinlock.sts(ana).send(command)))
    }
    const [one, other] = [await as('ana'), await as('ben')]
    assert.equal((await sessionsOf(one)).length, 1)
    await one.call('signin:EndSessions')
    assert.ok(await isAlive(other))
  })

  test('whom root made ends no session of root', async () => {
    const file = join(folder, 'root-password')
    await writeFile(file, ROOT_PASSWORD)
    const argv = ['--root-password-file', file]
    await using twinlock = await startTwinlock({ database: await newDatabase(), argv })
    const root = webBrowser(twinlock)
    await submitRoot(root)
    await root.post('/signin/api/enrol/later')
    const guest = await openFederated(twinlock, await guestOf(twinlock, twinlock.root))
    assert.equal((await sessionsOf(guest)).length, 1)
    await guest.call('signin:EndSessions')
    assert.ok(await isAlive(root))
  })

  test('sessions end with the device that proved them, but the one in which it is taken away', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    await newSigner(twinlock, 'admin', allow('*'))
    const key = newKey()
    const plain = await signedIn(twinlock, 'ana')
    const { SerialNumber } = await registerKey(plain, key, 'key')
    const phone = await enrol(twinlock.iam(), twinlock.clock, 'ana', 'phone')
    twinlock.clock.advance(60)
    const withKey = async () => {
      const browser = webBrowser(twinlock)
      await submitUser(browser, 'ana')
      await answerWithKey(browser, key)
      return browser
    }
    const thief = await withKey()
    const other = webBrowser(twinlock)
    await submitUser(other, 'ana')
    await other.post('/signin/api/mfa/code', { method: 'totp', code: phone.code() })
    const admin = await signedIn(twinlock, 'admin')
    await admin.call('signin:DeactivateMFADevice', { UserName: 'ana', SerialNumber })
    assert.ok(!(await isAlive(thief)))
    for (const browser of [plain, other, admin]) assert.ok(await isAlive(browser))

    // Her own hand, in one of two sessions; then a signed request.
    const device = { SerialNumber: phone.SerialNumber }
    twinlock.clock.advance(60)
    const here = webBrowser(twinlock)
    await submitUser(here, 'ana')
    await here.post('/signin/api/mfa/code', { method: 'totp', code: phone.code() })
    await here.call('signin:DeactivateMFADevice', device)
    assert.ok(!(await isAlive(other)))
    assert.ok(await isAlive(here))
    const again = await registerKey(here, key, 'key')
    const there = await withKey()
    await twinlock
      .iam()
      .send(new DeactivateMFADeviceCommand({ UserName: 'ana', SerialNumber: again.SerialNumber }))
    assert.ok(!(await isAlive(there)))
  })

  test('a sign-in whose device is taken away meanwhile begins again', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    await newSigner(twinlock, 'ana', allow('iam:*'))
    await newSigner(twinlock, 'admin', allow('*'))
    const admin = await signedIn(twinlock, 'admin')
    const key = newKey()
    const { SerialNumber } = await registerKey(await signedIn(twinlock, 'ana'), key, 'key')
    await admin.call('iam:UpdateLoginProfile', { UserName: 'ana', PasswordResetRequired: true })
    const browser = webBrowser(twinlock)
    await submitUser(browser, 'ana')
    assert.equal((await answerWithKey(browser, key)).body.state, 'change-password')
    await admin.call('signin:DeactivateMFADevice', { UserName: 'ana', SerialNumber })
    const change = { newPassword: 'thiefs-Horse-1' }
    const refused = await browser.post('/signin/api/change-password', change)
    assert.equal(refused.body.code, 'SignInExpired')
  })

  test('when a role’s time is over, nothing is done as who signed in, but what concerns the browser', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const { Arn } = await newSigner(twinlock, 'ana', allow('*'))
    const trusting = policy(trust(Arn))
    await newRole(twinlock, { RoleName: 'reader', AssumeRolePolicyDocument: trusting })
    const browser = await signedIn(twinlock, 'ana')
    await browser.call('signin:SwitchRole', { Account: '123456789012', RoleName: 'reader' })
    const codeOf = async (name: string, input = {}) =>
      (await browser.post(`/console/api/signin/${name}`, input)).body.code
    const put = { Mode: 'require' }
    assert.equal(await codeOf('PutMFARequirement', put), 'AccessDenied')
    twinlock.clock.advance(1800)
    await sessionsOf(browser)
    twinlock.clock.advance(1800)
    assert.equal(await codeOf('PutMFARequirement', put), 'ExpiredToken')
    assert.equal(await codeOf('EndSessions', { UserName: 'ana' }), 'ExpiredToken')
    assert.equal((await sessionsOf(browser)).length, 1)
    await browser.call('signin:ExitRole')
    await browser.call('signin:PutMFARequirement', put)
  })
})
