// What strangers and careless clients must not be able to do to the server.
import assert from 'node:assert/strict'
import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { GetUserCommand, TagUserCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { sql } from 'kysely'
import { open, readConfig } from '../src/index.ts'
import { onEveryEngine, openStore } from '../src/store/every-engine.ts'
import { sendHalf } from './half-sent.ts'
import { allow, newUser } from './people.ts'
import { newSigner, signedIn, submitUser } from './sign-in-people.ts'
import type { TestTwinlock } from './twinlock.ts'
import { startTwinlock } from './twinlock.ts'
import { until } from './until.ts'
import type { WebBrowser } from './web-browser.ts'
import { webBrowser } from './web-browser.ts'

const BEHIND_A_PROXY = ['--trusted-proxies', '127.0.0.1']
const addressOf = (number: number) => ({ 'x-forwarded-for': `192.0.2.${number}` })

const isBusy = ({ status }: { readonly status: number }) => status === 503

/** A browser at an address of its own. */
function from(twinlock: TestTwinlock, number: number): WebBrowser {
  const browser = webBrowser(twinlock)
  return { ...browser, post: (path, input) => browser.post(path, input, addressOf(number)) }
}

onEveryEngine('a server under attack', (newDatabase, engine) => {
  test('eighty changes at once by one user all happen, and reads are answered meanwhile', async () => {
    await using twinlock = await startTwinlock({ database: await newDatabase() })
    const ana = await newUser(twinlock, 'ana', allow('iam:TagUser'))
    const iam = twinlock.iam(ana)
    const changes = Array.from({ length: 80 }, (_, index) =>
      iam.send(
        new TagUserCommand({ UserName: 'ana', Tags: [{ Key: 'turn', Value: String(index) }] }),
      ),
    )
    await twinlock.iam().send(new GetUserCommand({ UserName: 'ana' }))
    await Promise.all(changes)
  })

  test('a request that the store could not keep costs nobody else a record', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      const who = () => twinlock.sts().send(new GetCallerIdentityCommand({}))
      await who()
      await fetch(`${twinlock.endpoint}/?Action=%00`)
      await fetch(`${twinlock.endpoint}/?Action=%ed%a0%80`, { headers: { 'user-agent': 'ÿ' } })
      await who()
    }
    await using store = await openStore(database)
    const names = await store.db.selectFrom('auditEvent').select('eventName').execute()
    assert.equal(names.filter(({ eventName }) => eventName === 'GetCallerIdentity').length, 2)
  })

  test('strangers leave at most fifty records a second', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database })
      const ask = () => fetch(`${twinlock.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`)
      for (let round = 0; round < 7; round++) await Promise.all(Array.from({ length: 10 }, ask))
      twinlock.clock.advance(1)
    }
    await using store = await openStore(database)
    const rows = await store.db.selectFrom('auditEvent').select(['eventName', 'record']).execute()
    const leftOut = rows.filter(({ eventName }) => eventName === 'RecordsLeftOut')
    assert.equal(rows.length - leftOut.length, 50)
    assert.deepEqual(
      leftOut.map(({ record }) => JSON.parse(record).serviceEventDetails),
      [{ LeftOut: 20, Of: 'requests without credentials' }],
    )
  })

  test('no flood of strangers keeps a wrong password out of the audit, or hides that it was one', async () => {
    const database = await newDatabase()
    {
      await using twinlock = await startTwinlock({ database, argv: BEHIND_A_PROXY })
      await newSigner(twinlock, 'ana')
      const unsigned = () =>
        fetch(`${twinlock.endpoint}/?Action=GetCallerIdentity&Version=2011-06-15`)
      await Promise.all(Array.from({ length: 50 }, unsigned))
      for (let name = 0; name < 55; name++) {
        await submitUser(from(twinlock, name), `nobody-${name}`, 'guess')
      }
      assert.equal((await submitUser(webBrowser(twinlock), 'ana', 'guess')).status, 401)
      twinlock.clock.advance(1)
    }
    await using store = await openStore(database)
    const rows = await store.db
      .selectFrom('auditEvent')
      .select(['userName', 'record'])
      .where('eventName', 'in', ['ConsoleLogin', 'RecordsLeftOut'])
      .execute()
    assert.equal(rows.filter(({ userName }) => userName === 'ana').length, 1)
    assert.deepEqual(
      rows.flatMap(({ record }) => JSON.parse(record).serviceEventDetails ?? []),
      [{ LeftOut: 5, Of: 'sign-ins with names that nobody has' }],
    )
  })

  test(
    'a connection that the database ends takes no server with it',
    { skip: engine === 'sqlite' },
    async () => {
      const database = await newDatabase()
      await using twinlock = await startTwinlock({ database })
      await using store = await openStore(database)
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
        store.db,
      )
      const who = () => twinlock.sts().send(new GetCallerIdentityCommand({}))
      // The first to use an ended connection may fail for it.
      const [first] = await Promise.allSettled([who()])
      if (first.status === 'rejected') assert.equal(first.reason.name, 'InternalFailure')
      await who()
    },
  )
})

test('what strangers leave half-sent stops nobody who is signed in, and no stranger of another network', async () => {
  await using twinlock = await startTwinlock({ argv: BEHIND_A_PROXY })
  await newSigner(twinlock, 'ana', allow('*'))
  await newSigner(twinlock, 'ben', allow('*'))
  const [ana, ben] = [await signedIn(twinlock, 'ana'), await signedIn(twinlock, 'ben')]
  const list = (browser: WebBrowser) =>
    browser.post('/console/api/iam/ListUsers', { x: 'x'.repeat(9000) })
  const stranger = from(twinlock, 1)
  const halves = Array.from({ length: 40 }, () =>
    sendHalf(stranger, '/federation', 'x'.repeat(32 * 1024), addressOf(1)),
  )
  const ask = (browser: WebBrowser) =>
    browser.post('/signin/api/enrol/later', { x: 'x'.repeat(8000) })
  await until(() => ask(stranger), isBusy)
  assert.equal((await ask(from(twinlock, 2))).body.code, 'SignInExpired')
  assert.equal((await list(ana)).status, 200)
  for (const half of halves) half.abandon()

  // Nor does one who is signed in stop the others.
  const path = '/console/api/iam/CreatePolicy'
  const page = { 'x-twinlock-session': await ana.sessionName() }
  const more = Array.from({ length: 6 }, () => sendHalf(ana, path, 'x'.repeat(1024 * 1024), page))
  await until(() => list(ana), isBusy)
  assert.equal((await list(ben)).status, 200)
  for (const half of more) half.abandon()
})

test('what one address leaves half-sent at the first door stops no other address', async () => {
  await using twinlock = await startTwinlock({ argv: BEHIND_A_PROXY })
  const claim = { authorization: 'AWS4-HMAC-SHA256 Credential=x' }
  const halves = Array.from({ length: 17 }, () =>
    sendHalf(from(twinlock, 1), '/', 'x'.repeat(1024 * 1024), { ...claim, ...addressOf(1) }),
  )
  const ask = (network: number) => {
    const headers = { ...claim, ...addressOf(network) }
    return fetch(twinlock.endpoint, { method: 'POST', headers, body: 'x'.repeat(2000) })
  }
  await until(() => ask(1), isBusy)
  assert.equal((await ask(2)).status, 400)
  for (const half of halves) half.abandon()
})

test('three thousand pipelined requests of nobody end with the server alive', async () => {
  await using twinlock = await startTwinlock()
  const socket = connect(Number(new URL(twinlock.endpoint).port), '127.0.0.1')
  const ended = new Promise(resolve => socket.once('close', resolve))
  socket.on('error', () => undefined).resume()
  socket.write('GET /?Action=%00 HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3000))
  socket.end()
  await ended
  assert.equal((await fetch(`${twinlock.endpoint}/healthz`)).status, 200)
})

test('an unsigned body beyond 64 kB, or a method that AWS does not have, is not even looked at', async () => {
  await using twinlock = await startTwinlock()
  const large = await fetch(twinlock.endpoint, { method: 'POST', body: 'x'.repeat(70_000) })
  assert.equal(large.status, 413)
  const put = await fetch(twinlock.endpoint, { method: 'PUT', body: 'x', redirect: 'manual' })
  assert.equal(put.status, 302)
})

test("root's credentials never go where another user's file or link waits", async () => {
  const data = await mkdtemp(join(tmpdir(), 'twinlock-'))
  await mkdir(join(data, 'aws'))
  await writeFile(join(data, 'elsewhere'), 'untouched', { mode: 0o644 })
  await symlink(join(data, 'elsewhere'), join(data, 'aws/credentials'))
  const config = readConfig(['--data', data, '--listen', '127.0.0.1:0'], {})
  await (await open(config))[Symbol.asyncDispose]()
  const { mode } = await lstat(join(data, 'aws/credentials'))
  assert.equal(mode & 0o777, 0o600)
  assert.equal(await readFile(join(data, 'elsewhere'), 'utf8'), 'untouched')
  await rm(data, { recursive: true, force: true })
})
