// A disk that is full, and has room again. The server is a real process whose files may not grow: the kernel refuses its writes amid
// whatever it does. SQLite's alone; a PostgreSQL has a disk of its own.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { IAMClient } from '@aws-sdk/client-iam'
import { CreateUserCommand, IAMServiceException, ListUsersCommand } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { sql } from 'kysely'
import { openSqlite } from '../src/store/sqlite.ts'
import { enrol } from './authenticator.ts'
import { newUser } from './people.ts'
import type { ServerProcess } from './server-process.ts'
import { startServerProcess } from './server-process.ts'

const realClock = { seconds: () => Math.floor(Date.now() / 1000) }

const FAILURE = { name: 'InternalFailure' }

const absent = 'PRLIMIT IS ABSENT: a full disk is not tested here. It comes with util-linux.'
const prlimit = (...options: string[]) => spawnSync('prlimit', options).status === 0
const skip = !prlimit('--version') && absent
if (skip !== false) console.error(absent)

/** Lets the process write nothing behind so many bytes of a file: `unlimited` gives the room back. */
const limitFiles = ({ pid }: ServerProcess, bytes: number | 'unlimited') =>
  assert.ok(prlimit(`--pid=${pid}`, `--fsize=${bytes}:unlimited`))

async function largestFile(folder: string): Promise<number> {
  const names = await readdir(folder)
  const sizes = await Promise.all(names.map(async name => (await stat(join(folder, name))).size))
  return Math.max(...sizes)
}

async function namesOfUsers(server: ServerProcess) {
  const { Users = [] } = await server.iam().send(new ListUsersCommand({ MaxItems: 1000 }))
  return Users.map(({ UserName = '' }) => UserName).toSorted((a, b) => (a < b ? -1 : 1))
}

const createUser = (iam: IAMClient, UserName: string) =>
  iam.send(new CreateUserCommand({ UserName }))

/** Makes users until one is refused; returns those that were made. */
async function fillUp(server: ServerProcess): Promise<string[]> {
  const iam = server.iam()
  for (let made: string[] = []; ;) {
    const name = `user-${String(made.length).padStart(3, '0')}`
    try {
      await createUser(iam, name)
      made = [...made, name]
    } catch (error) {
      assert.ok(error instanceof IAMServiceException)
      assert.equal(error.$metadata.httpStatusCode, 500)
      return made
    }
  }
}

/** A server whose data folder is removed at the end. */
async function newServer() {
  const stack = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), 'twinlock-full-'))
  stack.defer(() => rm(data, { recursive: true, force: true }))
  const server = stack.use(await startServerProcess({ data, failures: [] }))
  return { data, server, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

test(
  'on a full disk changes fail, reads do not, and with room again all works, whole',
  { skip },
  async () => {
    await using started = await newServer()
    const { data, server } = started
    limitFiles(server, (await largestFile(data)) + 100_000)
    const made = await fillUp(server)
    assert.ok(made.length > 0)
    assert.deepEqual(await namesOfUsers(server), made)
    await assert.rejects(createUser(server.iam(), 'ana'), FAILURE)
    const { Arn } = await server.sts().send(new GetCallerIdentityCommand({}))
    assert.match(Arn ?? '', /:root$/)

    limitFiles(server, 'unlimited')
    await createUser(server.iam(), 'ana')
    assert.deepEqual(await namesOfUsers(server), ['ana', ...made])
    await server.stop()

    await using store = await openSqlite(join(data, 'twinlock.sqlite'))
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(
      store.db,
    )
    assert.deepEqual(
      rows.map(row => row.integrity_check),
      ['ok'],
    )
    const events = await store.db.selectFrom('auditEvent').select(['eventName', 'record']).execute()
    const done = (name: string) =>
      events.filter(({ eventName, record }) => eventName === name && !record.includes('errorCode'))
    assert.equal(done('CreateUser').length, made.length + 1)
    assert.equal(done('ListUsers').length, 2)
    assert.equal(done('GetCallerIdentity').length, 1)
  },
)

test(
  'killed on a full disk, it has all that it acknowledged, and nothing else',
  { skip },
  async () => {
    await using started = await newServer()
    const { data, server } = started
    limitFiles(server, (await largestFile(data)) + 100_000)
    const made = await fillUp(server)
    await server.kill()
    await using again = await startServerProcess({ data })
    assert.deepEqual(await namesOfUsers(again), made)
  },
)

test('a code proves nothing while it cannot be noted that it is spent', { skip }, async () => {
  await using started = await newServer()
  const { server } = started
  const ana = await newUser(server, 'ana')
  const { proof } = await enrol(server.iam(), realClock, 'ana', 'phone')
  const getSession = new GetSessionTokenCommand(proof())
  limitFiles(server, 0)
  await assert.rejects(server.sts(ana).send(getSession), FAILURE)
  limitFiles(server, 'unlimited')
  await server.sts(ana).send(getSession)
  await assert.rejects(server.sts(ana).send(getSession), { name: 'AccessDenied' })
})

test('an operator whose disk is full is told so', { skip }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'twinlock-full-'))
  const failures: string[] = []
  {
    await using server = await startServerProcess({ data, failures })
    await server.iam().send(new CreateUserCommand({ UserName: 'ana' }))
    limitFiles(server, 4096)
    await assert.rejects(server.iam().send(new CreateUserCommand({ UserName: 'ben' })), FAILURE)
    limitFiles(server, 'unlimited')
  }
  await rm(data, { recursive: true })
  assert.match(failures.join('\n'), /disk|full|I\/O/)
})
