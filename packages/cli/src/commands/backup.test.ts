import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { open, readConfig } from '@twinlock/server'
import { newWorld } from '../../test/world.ts'

const service = (data: string) => open(readConfig(['--data', data, '--listen', '127.0.0.1:0'], {}))

test('a backup of a running service is one private file, and opens with its master key', async () => {
  await using world = await newWorld()
  const [data, copy] = ['data', 'copy'].map(name => join(world.home, name)) as [string, string]
  await using running = await service(data)
  mkdirSync(copy, { mode: 0o700 })
  const file = join(copy, 'twinlock.sqlite')
  const made = await world.twinlock(['backup', file, '--data', data])
  assert.equal(made.status, 0, made.stderr)
  assert.equal(made.stdout, `${file} holds the database.\n`)
  assert.deepEqual(readdirSync(copy), ['twinlock.sqlite'])
  assert.equal(statSync(file).mode & 0o777, 0o600)
  copyFileSync(join(data, 'master.key'), join(copy, 'master.key'))
  await using restored = await service(copy)
  assert.equal(restored.account, running.account)
  assert.equal(restored.made, undefined)
})

test('a backup of a service that does not run is made, too', async () => {
  await using world = await newWorld()
  const data = join(world.home, 'data')
  await (await service(data))[Symbol.asyncDispose]()
  world.env['TWINLOCK_DATA'] = data
  assert.equal((await world.twinlock(['backup', join(world.home, 'copy')])).status, 0)
})

test('what cannot be backed up is said in one sentence, and leaves nothing behind', async () => {
  await using world = await newWorld()
  const { home } = world
  const taken = join(home, 'taken')
  writeFileSync(taken, 'mine')
  mkdirSync(join(home, 'damaged'))
  writeFileSync(join(home, 'damaged/twinlock.sqlite'), 'no database')
  const none = join(home, 'none')
  {
    await using _ = await service(join(home, 'data'))
  }
  for (const { args, status = 1, says } of [
    {
      args: ['--data', none, join(home, 'copy')],
      says: `There is no database ${none}/twinlock.sqlite.`,
    },
    {
      args: ['--data', join(home, 'data'), taken],
      says: `The database cannot be backed up: ${taken} is there already.`,
    },
    {
      args: ['--data', join(home, 'damaged'), join(home, 'copy')],
      says: 'The database cannot be backed up: file is not a database.',
    },
    {
      args: ['--database', 'postgres://u:secret@db/twinlock', join(home, 'copy')],
      says: 'A PostgreSQL is backed up by its own pg_dump.',
    },
    {
      args: [],
      status: 2,
      says: 'which file? Give the one to make. Try `twinlock help backup`.',
    },
  ]) {
    const outcome = await world.twinlock(['backup', ...args])
    assert.deepEqual(outcome, { status, stdout: '', stderr: `twinlock: ${says}\n` })
  }
  assert.deepEqual(readdirSync(home).toSorted(), ['damaged', 'data', 'taken'])
})
