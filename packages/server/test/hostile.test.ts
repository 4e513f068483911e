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
import { allow, newUser } from './people.ts'
import { startTwinlock } from './twinlock.ts'

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
    }
    await using store = await openStore(database)
    const rows = await store.db.selectFrom('auditEvent').select('eventId').execute()
    assert.equal(rows.length, 50)
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
      await who().catch(() => undefined)
      await who()
    },
  )
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
