// Whoever runs the server gets root back: at the store itself, beside running nodes.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  CreateVirtualMFADeviceCommand,
  DeleteAccessKeyCommand,
  ListVirtualMFADevicesCommand,
  TagMFADeviceCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import {
  createRootAccessKey,
  open,
  openKeys,
  readConfig,
  removeRootDevices,
  resetRootPassword,
} from '../src/index.ts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import type { Authenticator } from './authenticator.ts'
import { newAuthenticator } from './authenticator.ts'
import { ROOT_PASSWORD, newSigner, signedIn, submitRoot } from './sign-in-people.ts'
import { startTwinlock } from './twinlock.ts'
import { until } from './until.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'
import { newKey, registerKey } from './web-security-key.ts'

const OTHER_PASSWORD = 'other-Horse-Battery-1'
const DAY = 86_400
const EXPIRED = { code: 'SignInExpired' }

let folder: string
let passwordFile: string
let wrongMasterKey: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlock-'))
  passwordFile = join(folder, 'root-password')
  wrongMasterKey = join(folder, 'wrong.key')
  await writeFile(passwordFile, ROOT_PASSWORD)
  await writeFile(wrongMasterKey, randomBytes(32).toString('base64'), { mode: 0o600 })
})
after(() => rm(folder, { recursive: true, force: true }))

/** Two nodes of one store with one clock, and the store as `twinlock root` opens it. */
async function twoNodes(database: string, ...argv: readonly string[]) {
  await using stack = new AsyncDisposableStack()
  const one = stack.use(
    await startTwinlock({ database, argv: ['--root-password-file', passwordFile, ...argv] }),
  )
  const place = { database, masterKeyFile: one.masterKeyFile }
  const data = await mkdtemp(join(folder, 'node-'))
  const config = readConfig(['--data', data, '--listen', '127.0.0.1:0', ...argv], {})
  const other = stack.use(await open({ ...config, ...place }, one.clock))
  const keys = stack.use(await openKeys(place))
  const store = stack.use(await openStore(database))
  const opened = stack.move()
  return {
    one,
    other,
    keys,
    place,
    db: store.db,
    by: () => ({ operator: 'ada', now: one.clock.now() }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

type Nodes = Awaited<ReturnType<typeof twoNodes>>

/** A browser in which root is signed in, by its password alone. */
async function rootSignedIn({ one }: Nodes): Promise<WebBrowser> {
  const browser = webBrowser(one)
  await submitRoot(browser)
  const { body } = await browser.post('/signin/api/enrol/later')
  assert.equal(body.state, 'signed-in')
  return browser
}

/** Gives root, who is signed in, an authenticator app. */
async function enrolApp({ one }: Nodes, root: WebBrowser, name: string): Promise<Authenticator> {
  const app = await newAuthenticator(one.iam(), one.clock, name)
  await root.call('signin:EnableMFADevice', { SerialNumber: app.SerialNumber, ...app.pair() })
  return app
}

/** A browser in which root is signed in with the app, on the first node. */
async function signedInWith({ one }: Nodes, app: Authenticator): Promise<WebBrowser> {
  one.clock.advance(60)
  const browser = webBrowser(one)
  await submitRoot(browser)
  const input = { method: 'totp', code: app.code() }
  const { body } = await browser.post('/signin/api/mfa/code', input)
  assert.equal(body.state, 'signed-in')
  return browser
}

const isAlive = async (browser: WebBrowser) =>
  (await browser.post('/console/api/signin/GetSession')).status === 200

/** Whether the browser is signed in, as each of the nodes sees it. */
const aliveOnEach = ({ one, other }: Nodes, { cookies }: WebBrowser) =>
  Promise.all([one, other].map(node => isAlive(webBrowser(node, new Map(cookies)))))

const recoveries = ({ db }: Nodes) =>
  db.selectFrom('auditEvent').selectAll().where('eventName', '=', 'RecoverRoot').execute()

const rowsOf = ({ db }: Nodes, table: 'mfaDevice' | 'securityKey' | 'tag' | 'signInAttempt') =>
  db.selectFrom(table).selectAll().execute()

onEveryEngine('the recovery of root', newDatabase => {
  test('with another password and no device root is signed out everywhere, signs in anew, and the audit tells of it', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, other, keys, by } = nodes
    const first = await rootSignedIn(nodes)
    const app = await enrolApp(nodes, first, 'lost-phone')
    const thief = await signedInWith(nodes, app)
    await registerKey(thief, newKey(), 'lost-key')
    const standing = webBrowser(other)
    assert.equal((await submitRoot(standing)).body.state, 'mfa')
    assert.deepEqual(await aliveOnEach(nodes, thief), [true, true])

    const { email } = await resetRootPassword(keys, by(), OTHER_PASSWORD)
    const { removed, left } = await removeRootDevices(keys, by())
    assert.equal(email, 'root@example.com')
    assert.equal(left, 0)
    assert.deepEqual(
      removed.map(({ kind }) => kind),
      ['virtual', 'securityKey'],
    )

    for (const browser of [first, thief]) {
      assert.deepEqual(await aliveOnEach(nodes, browser), [false, false])
    }
    const late = { method: 'totp', code: app.code(1) }
    assert.partialDeepStrictEqual((await standing.post('/signin/api/mfa/code', late)).body, EXPIRED)
    for (const table of ['mfaDevice', 'securityKey', 'signInAttempt'] as const) {
      assert.deepEqual(await rowsOf(nodes, table), [])
    }

    for (const node of [one, other]) {
      assert.equal((await submitRoot(webBrowser(node))).status, 401)
      const root = webBrowser(node)
      const { body } = await submitRoot(root, OTHER_PASSWORD)
      const by35Days = new Date(one.clock.now().getTime() + 35 * DAY * 1000).toISOString()
      assert.deepEqual(body, { state: 'enrol', required: false, by: by35Days })
      assert.equal((await root.post('/signin/api/enrol/later')).body.state, 'signed-in')
      assert.ok(await isAlive(root))
    }

    const rows = await recoveries(nodes)
    const records = rows.map(({ record }) => JSON.parse(record))
    assert.deepEqual(
      records.map(({ serviceEventDetails }) => serviceEventDetails),
      [
        { Command: 'twinlock root reset-password' },
        {
          Command: 'twinlock root remove-mfa',
          SerialNumbers: removed.map(({ serialNumber }) => serialNumber),
        },
      ],
    )
    for (const record of records) {
      assert.partialDeepStrictEqual(record, {
        userIdentity: { type: 'Operator', principalId: 'ada', accountId: one.account },
        eventSource: 'twinlock',
        eventType: 'AwsServiceEvent',
        readOnly: false,
      })
      assert.ok(!('sourceIPAddress' in record))
      assert.ok(!JSON.stringify(record).includes(OTHER_PASSWORD))
    }
  })

  test('a wrong master key changes nothing', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const root = await rootSignedIn(nodes)
    await assert.rejects(openKeys({ ...nodes.place, masterKeyFile: wrongMasterKey }), {
      name: 'ConfigError',
      message: 'This master key is not the one that the database was sealed with.',
    })
    // One that was the right one when the store was opened.
    const wrong = { ...nodes.keys, masterKey: randomBytes(32) }
    for (const recover of [resetRootPassword, removeRootDevices, createRootAccessKey]) {
      await assert.rejects(recover(wrong, nodes.by()), { name: 'ConfigError' })
    }
    assert.deepEqual(await aliveOnEach(nodes, root), [true, true])
    assert.equal((await submitRoot(webBrowser(nodes.one))).body.state, 'enrol')
    assert.deepEqual(await recoveries(nodes), [])
  })

  test('nobody else is signed out, and other people’s devices and sign-ins stay', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, keys, by } = nodes
    await newSigner(one, 'ana')
    const ana = await signedIn(one, 'ana')
    await one.iam().send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'spare' }))
    await enrolApp(nodes, await rootSignedIn(nodes), 'phone')
    await resetRootPassword(keys, by())
    await removeRootDevices(keys, by())
    assert.deepEqual(await aliveOnEach(nodes, ana), [true, true])
    const { VirtualMFADevices } = await one.iam().send(new ListVirtualMFADevicesCommand())
    assert.deepEqual(
      VirtualMFADevices?.map(({ SerialNumber }) => SerialNumber),
      ['arn:aws:iam::123456789012:mfa/spare'],
    )
  })

  test('of several devices the named one goes, with its tags; a name that root has no device of takes none', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, keys, by } = nodes
    await one.iam().send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'nobodys' }))
    const root = await rootSignedIn(nodes)
    const kept = await enrolApp(nodes, root, 'kept')
    const signer = await signedInWith(nodes, kept)
    const { SerialNumber: lost } = await enrolApp(nodes, signer, 'lost')
    const Tags = [{ Key: 'place', Value: 'safe' }]
    await one.iam().send(new TagMFADeviceCommand({ SerialNumber: lost, Tags }))
    const nobodys = 'arn:aws:iam::123456789012:mfa/nobodys'
    await assert.rejects(removeRootDevices(keys, by(), nobodys), {
      name: 'ConfigError',
      message: `The root user has no MFA device ${nobodys}: it has ${kept.SerialNumber}, ${lost}.`,
    })
    assert.ok(await isAlive(signer))
    const { removed, left } = await removeRootDevices(keys, by(), lost)
    assert.deepEqual([removed[0]?.serialNumber, left], [lost, 1])
    assert.deepEqual(
      new Set((await rowsOf(nodes, 'mfaDevice')).map(({ serialNumber }) => serialNumber)),
      new Set([kept.SerialNumber, nobodys]),
    )
    assert.deepEqual(await rowsOf(nodes, 'tag'), [])
    assert.ok(!(await isAlive(signer)))
    await signedInWith(nodes, kept)
    await removeRootDevices(keys, by())
    await assert.rejects(removeRootDevices(keys, by()), {
      message: 'The root user has no MFA device.',
    })
    assert.equal((await recoveries(nodes)).length, 2)
  })

  test('a hardware token of root’s stays, for another', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { keys, by, db, one } = nodes
    const root = await rootSignedIn(nodes)
    const app = await enrolApp(nodes, root, 'TIDE-1')
    await db.updateTable('mfaDevice').set({ kind: 'hardware' }).execute()
    await removeRootDevices(keys, by(), app.SerialNumber)
    const [token] = await rowsOf(nodes, 'mfaDevice')
    assert.partialDeepStrictEqual(token, { principalId: null, enableDate: null })
    assert.equal((await submitRoot(webBrowser(one))).body.state, 'enrol')
  })

  test('an authenticator app that was begun at sign-in goes with the sign-in', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const browser = webBrowser(nodes.one)
    await submitRoot(browser)
    await browser.post('/signin/api/enrol/authenticator-app', { deviceName: 'phone' })
    assert.equal((await rowsOf(nodes, 'mfaDevice')).length, 1)
    await createRootAccessKey(nodes.keys, nodes.by())
    assert.deepEqual(await rowsOf(nodes, 'mfaDevice'), [])
    assert.partialDeepStrictEqual((await browser.post('/signin/api/enrol/later')).body, EXPIRED)
  })

  test('without a device root’s grace begins anew, however long ago its first sign-in was', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, keys, by } = nodes
    const app = await enrolApp(nodes, await rootSignedIn(nodes), 'phone')
    one.clock.advance(100 * DAY)
    // Root has a device still: nothing of the grace is at stake.
    await resetRootPassword(keys, by(), ROOT_PASSWORD)
    await signedInWith(nodes, app)
    await removeRootDevices(keys, by())
    one.clock.advance(100 * DAY)
    const { body } = await submitRoot(webBrowser(one))
    const by35Days = new Date(one.clock.now().getTime() + 35 * DAY * 1000).toISOString()
    assert.deepEqual(body, { state: 'enrol', required: false, by: by35Days })
    one.clock.advance(36 * DAY)
    await resetRootPassword(keys, by(), OTHER_PASSWORD)
    const { body: later } = await submitRoot(webBrowser(one), OTHER_PASSWORD)
    assert.deepEqual(later, { state: 'enrol', required: true })
  })

  test('where there is no grace root enrols a device at the sign-in', async () => {
    await using nodes = await twoNodes(await newDatabase(), '--root-mfa-grace-days', '0')
    const { one, keys, by } = nodes
    const password = 'given-Horse-Battery-1'
    await resetRootPassword(keys, by(), password)
    const { body } = await submitRoot(webBrowser(one), password)
    assert.deepEqual(body, { state: 'enrol', required: true })
  })

  test('who guessed in vain before waits no longer after it, and a browser known by the former password is a stranger', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, keys, by } = nodes
    const known = await rootSignedIn(nodes)
    const guessing = () => submitRoot(webBrowser(one), 'wrong')
    const waits = ({ status }: { readonly status: number }) => status === 429
    await until(guessing, waits, { tries: 100 })
    const { password } = await resetRootPassword(keys, by())
    assert.equal((await submitRoot(webBrowser(one), password)).body.state, 'enrol')
    await until(guessing, waits, { tries: 100 })
    assert.equal((await submitRoot(known, password)).status, 429)
  })

  test('a password that nobody can type at sign-in is not set', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const root = await rootSignedIn(nodes)
    await assert.rejects(resetRootPassword(nodes.keys, nodes.by(), 'x'.repeat(129)), {
      name: 'ConfigError',
      message: 'A password has at most 128 characters.',
    })
    assert.ok(await isAlive(root))
  })

  test('an access key is good on every node at once, a third one is refused, and no record has its secret', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, other, keys, by } = nodes
    const root = await rootSignedIn(nodes)
    const made = await createRootAccessKey(keys, by())
    for (const { endpoint } of [one, other]) {
      const systemClockOffset = one.clock.now().getTime() - Date.now()
      const region = 'us-east-1'
      const sts = new STSClient({ endpoint, region, credentials: made, systemClockOffset })
      const { Arn } = await sts.send(new GetCallerIdentityCommand())
      sts.destroy()
      assert.equal(Arn, 'arn:aws:iam::123456789012:root')
    }
    assert.ok(!(await isAlive(root)))
    const [row] = await recoveries(nodes)
    assert.deepEqual(JSON.parse(row?.record ?? '').serviceEventDetails, {
      Command: 'twinlock root create-access-key',
      AccessKeyId: made.accessKeyId,
    })
    assert.ok(!row?.record.includes(made.secretAccessKey))

    const again = await rootSignedIn(nodes)
    await assert.rejects(createRootAccessKey(keys, by()), {
      name: 'ConfigError',
      message: /^The root user has two access keys already[^\n]+\.$/,
    })
    assert.ok(await isAlive(again))
    const AccessKeyId = one.root.accessKeyId
    await one.iam(made).send(new DeleteAccessKeyCommand({ AccessKeyId }))
    await createRootAccessKey(keys, by())
  })

  test('each recovery moves the account’s revision, by which nodes know what they have outlived', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const revision = async () =>
      (await nodes.db.selectFrom('account').select('revision').executeTakeFirstOrThrow()).revision
    const before = await revision()
    await resetRootPassword(nodes.keys, nodes.by())
    await createRootAccessKey(nodes.keys, nodes.by())
    assert.equal(await revision(), before + 2)
  })
})
