// What a server remembers between requests, strangers can neither push out nor fill: a thing is remembered once it has proved
// something. Each test goes on beyond the size of its cache.
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { modelOf } from '@twinlock/protocol'
import { authenticator } from '../src/authentication/authenticate.ts'
import type { TokenSession } from '../src/authentication/session-tokens.ts'
import { sessionTokens } from '../src/authentication/session-tokens.ts'
import { principals } from '../src/authorization/principals.ts'
import { parseAccountId } from '../src/identifiers/account-id.ts'
import { pooledRandom } from '../src/identifiers/random.ts'
import { openKeyring } from '../src/keyring/keyring.ts'
import { openSqlite } from '../src/store/sqlite.ts'
import { signedHeaders } from './signed-headers.ts'
import { startTwinlock } from './twinlock.ts'

/** More than any cache has room for. */
const MANY = 5000
/** Where each costs queries: more than an account's caches have room for. */
const SOME = 2100

const account = parseAccountId('123456789012')
const random = pooledRandom()
const keys = [{ keyId: 1, key: random(32) }]

/** Counts the HMACs that are made: every key is derived by some. */
function hmacCounter(t: TestContext) {
  const { mock } = t.mock.method(crypto, 'createHmac')
  syncBuiltinESMExports()
  t.after(() => {
    mock.restore()
    syncBuiltinESMExports()
  })
  return async (work: () => unknown) => {
    const before = mock.callCount()
    await work()
    return mock.callCount() - before
  }
}

test('seals with made-up salts push no key out', async t => {
  const hmacsOf = hmacCounter(t)
  const sealed = openKeyring(keys, random).seal('session', Buffer.from('plain'))
  const keyring = openKeyring(keys, random)
  const open = () => assert.equal(keyring.open('session', sealed)?.toString(), 'plain')
  assert.equal(await hmacsOf(open), 1)
  for (let index = 0; index < MANY; index++) {
    const madeUp = Buffer.from(sealed)
    random(16).copy(madeUp, 5)
    assert.equal(keyring.open('session', madeUp), undefined)
  }
  assert.equal(await hmacsOf(open), 0)
})

test('made-up session tokens push no session out', () => {
  const keyring = openKeyring(keys, random)
  let opened = 0
  const tokens = sessionTokens({
    ...keyring,
    open(...sealed) {
      opened++
      return keyring.open(...sealed)
    },
  })
  const session: TokenSession = {
    account,
    accessKeyId: 'ASIA',
    secretAccessKey: 'secret',
    issuedAt: 0,
    expiresAt: 1,
    issuedBy: 'GetSessionToken',
    principalId: account,
  }
  const token = tokens.seal(session)
  assert.deepEqual(tokens.open(token), session)
  for (let index = 0; index < MANY; index++) {
    const madeUp = Buffer.from(token, 'base64')
    madeUp.writeUInt32BE(index, 60)
    assert.equal(tokens.open(madeUp.toString('base64')), undefined)
  }
  opened = 0
  assert.deepEqual(tokens.open(token), session)
  assert.equal(opened, 0)
})

/** A node that knows nothing yet of the account that another one made. */
async function secondNode() {
  await using opening = new AsyncDisposableStack()
  const twinlock = opening.use(await startTwinlock())
  const { masterKeyFile, root, clock } = twinlock
  const store = opening.use(await openSqlite(join(dirname(masterKeyFile), 'twinlock.sqlite')))
  let secretsOpened = 0
  const cache = principals(store, () => {
    secretsOpened++
    return root.secretAccessKey
  })
  const opened = opening.move()
  return {
    cache,
    root,
    now: clock.now(),
    secretsOpened: () => secretsOpened,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

test('no access key, principal or policy that is not there is remembered, nor any lost for it', async () => {
  await using node = await secondNode()
  const { cache, now } = node
  const { accessKeyId } = node.root
  const policyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
  await cache.refresh(account, now)
  const key = await cache.findAccessKey(account, accessKeyId)
  const root = await cache.find(account, account)
  const policy = await cache.findManagedPolicy(account, policyArn, 'identity')
  assert.ok(key && root && policy)
  for (let index = 0; index < SOME; index++) {
    const madeUp = `${accessKeyId.slice(0, -4)}${String(index).padStart(4, 'A')}`
    assert.equal(await cache.findAccessKey(account, madeUp), undefined)
    assert.equal(await cache.find(account, `AIDA${index}`), undefined)
    assert.equal(
      await cache.findManagedPolicy(account, `${policyArn}${index}`, 'identity'),
      undefined,
    )
  }
  assert.equal(await cache.findAccessKey(account, accessKeyId), key)
  assert.equal(await cache.find(account, account), root)
  assert.equal(await cache.findManagedPolicy(account, policyArn, 'identity'), policy)
  assert.equal(node.secretsOpened(), 1)
})

test('no account that is not there is remembered', async () => {
  await using node = await secondNode()
  const madeUp = parseAccountId('210987654321')
  for (let time = 0; time < 2; time++)
    assert.equal(await node.cache.refresh(madeUp, node.now), false)
})

test('forged signatures push no signing key out, whatever region they name', async t => {
  await using node = await secondNode()
  const { root, now } = node
  const { authenticate } = authenticator(node.cache, sessionTokens(openKeyring(keys, random)))
  const body = `Action=GetCallerIdentity&Version=${modelOf('sts').version}`
  const headers = signedHeaders(root, { host: 'localhost', service: 'sts', body, now })
  const ask = (authorization: string | undefined) =>
    authenticate(
      {
        method: 'POST',
        path: '/',
        query: '',
        headers: { ...headers, authorization },
        body: Buffer.from(body),
      },
      'sts',
      now,
    )
  const askAsRoot = () => ask(headers['authorization'])
  const hmacsOf = hmacCounter(t)
  const first = await hmacsOf(askAsRoot)
  const later = await hmacsOf(askAsRoot)
  assert.ok(later < first)
  for (let region = 0; region < MANY; region++) {
    const forged = headers['authorization']?.replace('us-east-1', `region-${region}`)
    await assert.rejects(ask(forged), { code: 'SignatureDoesNotMatch' })
  }
  assert.equal(await hmacsOf(askAsRoot), later)
})
