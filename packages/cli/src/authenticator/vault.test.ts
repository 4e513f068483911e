import assert from 'node:assert/strict'
import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { newWorld } from '../../test/world.ts'

const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const FILE = '.config/twinlock/authenticator.json'

test('the file and the key file are readable by their owner alone', async () => {
  await using world = await newWorld()
  await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED])
  for (const name of [FILE, `${FILE}.lock`, 'key']) {
    assert.equal((await stat(join(world.home, name))).mode & 0o777, 0o600, name)
  }
})

test('neither the seed nor the name of a device is readable in the file', async () => {
  await using world = await newWorld()
  await world.twinlock(['authenticator', 'add', 'production', '--seed', SEED])
  const text = await readFile(join(world.home, FILE), 'utf8')
  for (const secret of [SEED, '12345678901234567890', 'production']) {
    assert.ok(!text.includes(secret))
    assert.ok(!text.includes(Buffer.from(secret).toString('base64')))
  }
})

test('a new authenticator makes the key file that it is told of, and another one uses it', async () => {
  await using world = await newWorld()
  await world.twinlock(['authenticator', 'add', 'a', '--seed', SEED])
  const key = await readFile(join(world.home, 'key'), 'utf8')
  assert.equal(Buffer.from(key, 'base64').length, 32)

  const other = ['--file', join(world.home, 'other.json')]
  await world.twinlock(['authenticator', 'add', 'b', '--seed', SEED, ...other])
  assert.equal(await readFile(join(world.home, 'key'), 'utf8'), key)
  assert.match((await world.twinlock(['authenticator', 'list', ...other])).stdout, /^b$/m)
})

test('a key file that others may read is refused', async () => {
  await using world = await newWorld()
  await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED])
  await chmod(join(world.home, 'key'), 0o640)
  const { status, stdout, stderr } = await world.twinlock(['authenticator', 'code', 'dev'])
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /others may read the key file .*chmod 600/)
})

test('a key file that holds something else is refused', async () => {
  await using world = await newWorld()
  await writeFile(join(world.home, 'key'), 'too short\n', { mode: 0o600 })
  const { status, stderr } = await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED])
  assert.equal(status, 1)
  assert.match(stderr, /is not a key file/)
})

test('a lost key file is not replaced by a new one', async () => {
  await using world = await newWorld()
  await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED])
  world.env['TWINLOCK_AUTHENTICATOR_KEY_FILE'] = join(world.home, 'lost')
  const { status, stderr } = await world.twinlock(['authenticator', 'add', 'b', '--seed', SEED])
  assert.equal(status, 1)
  assert.match(stderr, /lost: no such file/)
  await assert.rejects(stat(join(world.home, 'lost')))
})

test('another key file, a wrong passphrase and a changed file open nothing', async () => {
  await using world = await newWorld()
  await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED])
  const path = join(world.home, FILE)
  const text = await readFile(path, 'utf8')

  world.env['TWINLOCK_AUTHENTICATOR_KEY_FILE'] = join(world.home, 'another')
  await writeFile(join(world.home, 'another'), Buffer.alloc(32).toString('base64'), { mode: 0o600 })
  assert.match((await world.twinlock(['authenticator', 'list'])).stderr, /key file does not open/)

  world.env['TWINLOCK_AUTHENTICATOR_KEY_FILE'] = join(world.home, 'key')
  await writeFile(path, text.replace('"sealed": "', '"sealed": "AAAA'))
  assert.match((await world.twinlock(['authenticator', 'list'])).stderr, /key file does not open/)

  world.env['TWINLOCK_AUTHENTICATOR_PASSPHRASE'] = 'right'
  delete world.env['TWINLOCK_AUTHENTICATOR_KEY_FILE']
  const other = ['--file', join(world.home, 'other.json')]
  await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED, ...other])
  world.env['TWINLOCK_AUTHENTICATOR_PASSPHRASE'] = 'wrong'
  const { status, stdout, stderr } = await world.twinlock(['authenticator', 'list', ...other])
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /^twinlock: the passphrase does not open .*\n$/)
})

test('a passphrase is the same however its letters are composed', async () => {
  await using world = await newWorld()
  delete world.env['TWINLOCK_AUTHENTICATOR_KEY_FILE']
  world.env['TWINLOCK_AUTHENTICATOR_PASSPHRASE'] = 'caf\u00E9'
  await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED])
  world.env['TWINLOCK_AUTHENTICATOR_PASSPHRASE'] = 'cafe\u0301'
  assert.equal((await world.twinlock(['authenticator', 'code', 'dev'])).stdout, '287082\n')
})

test('of additions at the same time none is lost', async () => {
  await using world = await newWorld()
  const names = Array.from({ length: 8 }, (_, index) => `device-${index}`)
  const outcomes = await Promise.all(
    names.map(name => world.twinlock(['authenticator', 'add', name, '--seed', SEED])),
  )
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    names.map(() => 0),
  )
  const { stdout } = await world.twinlock(['authenticator', 'list', '--json'])
  const listed = JSON.parse(stdout) as { readonly name: string }[]
  assert.deepEqual(listed.map(({ name }) => name).toSorted(), names)
})

test('what can not be done to an empty authenticator leaves nothing behind', async () => {
  await using world = await newWorld()
  for (const words of [
    ['code', 'dev'],
    ['remove', 'dev'],
  ]) {
    assert.equal((await world.twinlock(['authenticator', ...words])).status, 1)
  }
  await assert.rejects(stat(join(world.home, FILE)))
  await assert.rejects(stat(join(world.home, 'key')))
})

test('the file is where XDG_CONFIG_HOME says', async () => {
  await using world = await newWorld()
  world.env['XDG_CONFIG_HOME'] = join(world.home, 'xdg')
  await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED])
  assert.ok(await stat(join(world.home, 'xdg/twinlock/authenticator.json')))
})
