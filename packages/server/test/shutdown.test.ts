// A server that is asked to end while there is work: it takes nobody new, finishes what it has begun, writes what it has gathered, and
// ends well. The server is a real process; its clock is the real one.
import assert from 'node:assert/strict'
import type { ClientRequest } from 'node:http'
import { request } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { Transaction } from 'kysely'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { touchAccount } from '../src/store/account-revision.ts'
import type { Store } from '../src/store/store.ts'
import type { Tables } from '../src/store/tables.ts'
import type { ServerProcess } from './server-process.ts'
import { startServerProcess } from './server-process.ts'
import { signedHeaders } from './signed-headers.ts'

/** A signed request of root's, of which the last byte waits to be sent. */
function createUser({ address, root }: ServerProcess, UserName: string) {
  const body = String(
    new URLSearchParams({ Action: 'CreateUser', Version: '2010-05-08', UserName }),
  )
  const headers = signedHeaders(root, { host: address, service: 'iam', body, now: new Date() })
  const sent = request(`http://${address}`, {
    method: 'POST',
    headers: { ...headers, 'content-length': body.length },
  })
  sent.write(body.slice(0, -1))
  const status = statusOf(sent)
  return { status, finish: () => sent.end(body.slice(-1)) }
}

async function statusOf(sent: ClientRequest): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  sent.on('error', reject).on('response', response => {
    text(response).then(() => resolve(response.statusCode), reject)
  })
  return promise
}

const isReachable = ({ address }: ServerProcess) =>
  fetch(`http://${address}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  )

/** Holds the account's row, as a long transaction of another node does, until it is told to go on. */
async function holdAccount(store: Store, account: string) {
  const { promise: held, resolve: hold } = Promise.withResolvers<void>()
  const { promise: told, resolve: release } = Promise.withResolvers<void>()
  const released = store.transaction(async (tx: Transaction<Tables>) => {
    await touchAccount(tx, account)
    hold()
    await told
  })
  await held
  return { release, released }
}

onEveryEngine('A server that is asked to end', (newDatabase, engine) => {
  async function newServer(options: Readonly<Record<string, string>> = {}) {
    await using making = new AsyncDisposableStack()
    const data = await mkdtemp(join(tmpdir(), 'twinlock-shutdown-'))
    making.defer(() => rm(data, { recursive: true, force: true }))
    const url = engine === 'postgres' ? new URL(await newDatabase()) : undefined
    for (const [name, value] of Object.entries(options)) url?.searchParams.set(name, value)
    const kept = { data, ...(url && { database: url.href }), failures: [] }
    const server = making.use(await startServerProcess(kept))
    url?.searchParams.forEach((_, name, all) => all.delete(name))
    const database = url?.href ?? join(data, 'twinlock.sqlite')
    const made = making.move()
    return { server, database, [Symbol.asyncDispose]: () => made.disposeAsync() }
  }

  /** Asks it to end, and sees that it takes nobody new. */
  async function askToEnd(server: ServerProcess) {
    const stopped = server.stop()
    while (await isReachable(server));
    return stopped.then(() => 'ended well')
  }

  const namesIn = async (store: Store) =>
    (await store.db.selectFrom('user').select('userName').execute()).map(({ userName }) => userName)

  test('does what was half-sent by then, and writes the records that it gathered', async () => {
    await using started = await newServer()
    const { server, database } = started
    const halves = ['ana', 'ben'].map(name => createUser(server, name))
    await server.sts().send(new GetCallerIdentityCommand({}))
    const ended = askToEnd(server)
    while (await isReachable(server));
    for (const { finish } of halves) finish()
    assert.deepEqual(await Promise.all(halves.map(({ status }) => status)), [200, 200])
    assert.equal(await ended, 'ended well')

    await using store = await openStore(database)
    assert.deepEqual((await namesIn(store)).toSorted(), ['ana', 'ben'])
    const events = await store.db.selectFrom('auditEvent').select('eventName').execute()
    assert.deepEqual(events.map(({ eventName }) => eventName).toSorted(), [
      'CreateUser',
      'CreateUser',
      'GetCallerIdentity',
    ])
  })

  test('waits for a change that waits for another transaction', async () => {
    await using started = await newServer()
    const { server, database } = started
    await using store = await openStore(database)
    const half = createUser(server, 'ana')
    const { Account = '' } = await server.sts().send(new GetCallerIdentityCommand({}))
    const { release, released } = await holdAccount(store, Account)
    half.finish()
    const stopped = server.stop()
    release()
    await released
    assert.equal(await half.status, 200)
    await stopped
    assert.deepEqual(await namesIn(store), ['ana'])
  })

  test(
    'refuses a change that waits for a transaction that does not end',
    { skip: engine === 'sqlite' && 'SQLite is asked in turn' },
    async () => {
      await using started = await newServer({ lock_timeout: '300' })
      const { server, database } = started
      await using store = await openStore(database)
      const half = createUser(server, 'ana')
      const { Account = '' } = await server.sts().send(new GetCallerIdentityCommand({}))
      const { release, released } = await holdAccount(store, Account)
      half.finish()
      await server.stop()
      assert.equal(await half.status, 500)
      release()
      await released
      assert.deepEqual(await namesIn(store), [])
    },
  )
})
