// The first start, and starts over what an operator did to its files. The server is a real process.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import {
  copyFile,
  mkdir,
  mkdtempDisposable,
  readFile,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { failedStart } from './failed-start.ts'
import { startServerProcess } from './server-process.ts'

const ONE_SENTENCE = /^twinlock: [^\n]+\n$/

async function temporaryFolder() {
  const made = await mkdtempDisposable(join(tmpdir(), 'twinlock-first-'))
  return { data: join(made.path, 'data'), [Symbol.asyncDispose]: () => made.remove() }
}

/** A listener of somebody else. */
async function takenAddress() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { listen: `127.0.0.1:${port}`, [Symbol.dispose]: () => void server.close() }
}

test('a first start whose address is taken makes nothing, and says so in one sentence', async () => {
  await using folder = await temporaryFolder()
  using taken = await takenAddress()
  const { status, stdout, stderr } = await failedStart(folder.data, '--listen', taken.listen)
  assert.deepEqual({ status, stdout }, { status: 1, stdout: '' })
  assert.equal(
    stderr,
    `twinlock: Something answers on ${taken.listen} already: stop it, or choose another --listen.\n`,
  )
  assert.equal(existsSync(folder.data), false)
})

test('an address that is not of this machine makes nothing either', async () => {
  await using folder = await temporaryFolder()
  const { status, stderr } = await failedStart(folder.data, '--listen', '192.0.2.1:6238')
  assert.equal(status, 1)
  assert.equal(
    stderr,
    'twinlock: 192.0.2.1 is no address of this machine: choose another --listen.\n',
  )
  assert.equal(existsSync(folder.data), false)
})

test("root's password is told even when the start fails after the account was made", async () => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.data, 'aws/config'), { recursive: true, mode: 0o700 })
  const { status, stdout, stderr } = await failedStart(folder.data)
  assert.equal(status, 1)
  assert.match(stderr, ONE_SENTENCE)
  assert.match(stdout, /Password {2}\S{20} /)
  assert.doesNotMatch(stdout, /Twinlock \S+ answers/)
})

test('an account whose access key cannot be written is not made, and the next start makes one', async () => {
  await using folder = await temporaryFolder()
  const { data } = folder
  const credentials = join(data, 'aws/credentials')
  await mkdir(credentials, { recursive: true, mode: 0o700 })
  const { status, stdout, stderr } = await failedStart(data)
  assert.deepEqual({ status, stdout }, { status: 1, stdout: '' })
  assert.match(stderr, ONE_SENTENCE)
  await rm(credentials, { recursive: true })
  await using server = await startServerProcess({ data })
  await server.sts().send(new GetCallerIdentityCommand({}))
})

test('a later start keeps the profiles that others have written, and leads root to itself', async () => {
  await using folder = await temporaryFolder()
  const { data } = folder
  const config = join(data, 'aws/config')
  {
    await using server = await startServerProcess({ data })
    await server.stop()
  }
  const own = '[profile dev]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:9\n'
  const written = await readFile(config, 'utf8')
  await writeFile(config, `${own}\n${written}`)
  await using again = await startServerProcess({ data })
  const now = await readFile(config, 'utf8')
  assert.ok(now.startsWith(own))
  assert.match(now, new RegExp(`\\[profile root\\]\n[^[]*endpoint_url = http://${again.address}\n`))
})

test('a master key beside an empty database is no reason to make a new account', async () => {
  await using folder = await temporaryFolder()
  const { data } = folder
  {
    await using server = await startServerProcess({ data })
    await server.stop()
  }
  await rm(join(data, 'twinlock.sqlite'))
  const { status, stderr } = await failedStart(data)
  assert.equal(status, 1)
  assert.match(stderr, ONE_SENTENCE)
  assert.match(
    stderr,
    /master\.key is there, but .* holds no account\. Was a backup restored without/,
  )
  const named = ['--master-key-file', join(data, 'master.key')]
  await using _ = await startServerProcess({ data, options: named })
})

test('the database file alone, copied after the first start, is a whole backup', async () => {
  await using folder = await temporaryFolder()
  await using server = await startServerProcess({ data: folder.data })
  const copy = `${folder.data}-copy`
  await mkdir(join(copy, 'aws'), { recursive: true, mode: 0o700 })
  for (const file of ['twinlock.sqlite', 'master.key', 'aws/credentials']) {
    await copyFile(join(folder.data, file), join(copy, file))
  }
  await using restored = await startServerProcess({ data: copy })
  const [before, after] = await Promise.all(
    [server, restored].map(each => each.sts(server.root).send(new GetCallerIdentityCommand({}))),
  )
  assert.equal(after?.Account, before?.Account)
})

test('a data folder that cannot be made stops the start at once', async () => {
  const { status, stderr } = await failedStart('/proc/twinlock')
  assert.equal(status, 1)
  assert.match(stderr, /^twinlock: The data folder \/proc\/twinlock cannot be made: [^\n]+\n$/)
})

test('a file that is no database stops the start with one sentence', async () => {
  await using folder = await temporaryFolder()
  await mkdir(folder.data, { mode: 0o700 })
  await copyFile(import.meta.filename, join(folder.data, 'twinlock.sqlite'))
  const { status, stderr } = await failedStart(folder.data)
  assert.equal(status, 1)
  assert.match(stderr, /^twinlock: The database \S+ cannot be opened: file is not a database\.\n$/)
  assert.deepEqual(await readdir(folder.data), ['twinlock.sqlite'])
})

test('a terminal that closes ends the server in order', async () => {
  await using folder = await temporaryFolder()
  await using server = await startServerProcess({ data: folder.data })
  process.kill(server.pid, 'SIGHUP')
  await server.stop()
  assert.deepEqual(
    (await readdir(folder.data)).filter(name => name.endsWith('-wal')),
    [],
  )
})
