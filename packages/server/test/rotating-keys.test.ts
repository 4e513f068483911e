// Data keys that come and go under two running nodes, which nobody starts again.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
  ListUsersCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { PUBLISHED_BEFORE_MS, SETTLED_AFTER_MS } from '../src/keyring/key-times.ts'
import {
  changeMasterKey,
  open,
  openKeys,
  publishDataKey,
  readConfig,
  readKeyStates,
  resealAll,
  retireDataKey,
} from '../src/index.ts'
import { onEveryEngine } from '../src/store/every-engine.ts'
import { enrol } from './authenticator.ts'
import { allow, newUser, sessionOf } from './people.ts'
import { PASSWORD, submitUser } from './sign-in-people.ts'
import type { Credentials } from './twinlock.ts'
import { webBrowser } from './web-browser.ts'

/** Two nodes of one store with one clock, and the store as `twinlock keys` opens it. */
async function twoNodes(database: string) {
  const data = await mkdtemp(join(tmpdir(), 'twinlock-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(data, { recursive: true, force: true }))
  let now = Date.now()
  const clock = { now: () => new Date(now), seconds: () => now / 1000 }
  const config = { ...readConfig(['--data', data, '--listen', '127.0.0.1:0'], {}), database }
  const clients: { destroy: () => void }[] = []
  stack.defer(() => clients.forEach(client => client.destroy()))
  const kept = <Client extends { destroy: () => void }>(client: Client) => {
    clients.push(client)
    return client
  }
  const start = async () => {
    const { endpoint, made } = stack.use(await open(config, clock))
    const settings = { endpoint, region: 'us-east-1', maxAttempts: 1 }
    const as = (credentials: Credentials | undefined) =>
      credentials === undefined ? settings : { ...settings, credentials }
    return {
      endpoint,
      made,
      iam: (credentials = root) => kept(new IAMClient(as(credentials))),
      sts: (credentials = root) => kept(new STSClient(as(credentials))),
    }
  }
  let root: Credentials | undefined
  const one = await start()
  root = one.made
  const other = await start()
  const keys = stack.use(await openKeys(config))
  const opened = stack.move()
  return {
    one,
    other,
    keys,
    data,
    database,
    clock,
    pass: (milliseconds: number) => void (now += milliseconds),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

type Nodes = Awaited<ReturnType<typeof twoNodes>>
type Node = Nodes['one']

async function newSession({ sts }: Node) {
  return sessionOf(await sts().send(new GetSessionTokenCommand()))
}

/** `twinlock keys rotate`, with its minute. */
async function rotate({ keys, clock, pass }: Nodes): Promise<void> {
  await publishDataKey(keys, clock.now())
  pass(PUBLISHED_BEFORE_MS + SETTLED_AFTER_MS)
  await Array.fromAsync(resealAll(keys, clock.now()))
}

const keyIdOf = ({ sessionToken = '' }: Credentials) =>
  Buffer.from(sessionToken, 'base64').readUInt32BE(1)

/** Without MFA a session is not good for IAM. */
const whoAmI = new GetCallerIdentityCommand()
const GONE = {
  name: 'InvalidClientTokenId',
  message: 'The security token included in the request is invalid',
}

onEveryEngine('two nodes, and keys that come and go', newDatabase => {
  test('a session of before is honoured after a rotation on the other node, and the reverse', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, other } = nodes
    const before = await newSession(one)
    await rotate(nodes)
    const after = await newSession(one)
    assert.deepEqual([before, after].map(keyIdOf), [1, 2])
    for (const session of [before, after]) {
      for (const node of [one, other]) await node.sts(session).send(whoAmI)
    }
  })

  test('at every moment of a rotation, what one node seals the other one opens', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, other, keys, clock, pass } = nodes
    await publishDataKey(keys, clock.now())
    const sealedBy = new Set<number>()
    for (const milliseconds of [0, 1, 999, PUBLISHED_BEFORE_MS - 1001, 1, 1, 1000]) {
      pass(milliseconds)
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const session = await newSession(from)
        sealedBy.add(keyIdOf(session))
        await to.sts(session).send(whoAmI)
      }
    }
    assert.deepEqual(sealedBy, new Set([1, 2]))
  })

  test('access keys, codes and pages go on where they were', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, other, clock, keys } = nodes
    const ana = await newUser(one, 'ana', allow('*'))
    const phone = await enrol(one.iam(ana), clock, 'ana', 'phone')
    await one.sts(ana).send(new GetSessionTokenCommand(phone.proof(-2)))
    await one.iam().send(new CreateUserCommand({ UserName: 'ben' }))
    const { Marker } = await one.iam().send(new ListUsersCommand({ MaxItems: 1 }))
    await rotate(nodes)
    const states = await readKeyStates(keys.store.db, clock.now())
    assert.deepEqual(
      states.map(({ sealsAtRest }) => sealsAtRest),
      [0, 3],
    )
    const { Users } = await other.iam(ana).send(new ListUsersCommand({ Marker }))
    assert.equal(Users?.[0]?.UserName, 'ben')
    for (const node of [one, other]) {
      const step = node === one ? 0 : 1
      await node.sts(ana).send(new GetSessionTokenCommand(phone.proof(step)))
    }
  })

  test('a browser signs in at a node that nobody asked anything since the rotation', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, other, clock } = nodes
    await newUser(one, 'ana')
    await one.iam().send(new CreateLoginProfileCommand({ UserName: 'ana', Password: PASSWORD }))
    const phone = await enrol(one.iam(), clock, 'ana', 'phone')
    await rotate(nodes)
    const browser = webBrowser(other)
    await submitUser(browser, 'ana', PASSWORD, one.made?.accountId)
    const input = { method: 'totp', code: phone.code() }
    const { body, text } = await browser.post('/signin/api/mfa/code', input)
    assert.equal(body?.state, 'signed-in', text)
  })

  test('a retired key’s sessions end on every node, though a node has used them before', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, other, keys, clock, pass } = nodes
    const before = await newSession(one)
    await rotate(nodes)
    for (const node of [one, other]) await node.sts(before).send(whoAmI)
    await retireDataKey(keys, { keyId: 1, endSessions: true }, clock.now())
    pass(1000)
    for (const node of [one, other]) await assert.rejects(node.sts(before).send(whoAmI), GONE)
    const after = await newSession(one)
    await other.sts(after).send(whoAmI)
    await other.iam().send(new CreateAccessKeyCommand())
  })

  test('under a changed master key nodes go on, and take a new key when its file is in place', async () => {
    await using nodes = await twoNodes(await newDatabase())
    const { one, other, keys, data } = nodes
    const file = join(data, 'master.key')
    await rm(file)
    await changeMasterKey(keys, file)
    await other.sts(await newSession(one)).send(whoAmI)
    const place = { database: nodes.database, masterKeyFile: file }
    await using changed = await openKeys(place)
    await rotate({ ...nodes, keys: changed })
    const session = await newSession(one)
    assert.equal(keyIdOf(session), 2)
    await other.sts(session).send(whoAmI)
  })
})
