import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { open, readConfig } from '@twinlock/server'
import { newWorld } from '../../../test/world.ts'

const DAY_SECONDS = 86_400

/** A world in which a server runs, by its clock. */
async function newService() {
  await using stack = new AsyncDisposableStack()
  const world = stack.use(await newWorld())
  world.now = Date.UTC(2026, 0, 2) / 1000
  const data = join(world.home, 'data')
  world.env['TWINLOCK_DATA'] = data
  const config = readConfig(['--data', data, '--listen', '127.0.0.1:0'], {})
  stack.use(await open(config, { now: () => new Date(world.now * 1000) }))
  const kept = stack.move()
  const keys = (...args: readonly string[]) => world.twinlock(['keys', ...args])
  const masterKey = join(data, 'master.key')
  return { world, keys, masterKey, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

test('rotate makes a key, waits until every server seals by it, and seals the secrets anew', async () => {
  await using service = await newService()
  const before = service.world.now
  const { status, stdout, stderr } = await service.keys('rotate')
  assert.equal(status, 0, stderr)
  assert.equal(stdout, 'Key 2 seals. Secrets sealed anew: 1.\n')
  assert.match(stderr, /^Key 2 is made\. It seals from 2026-01-02T00:00:30\.000Z on\.\n/)
  assert.match(stderr, /Waiting until every server seals by it \(60 s\)/)
  assert.ok(service.world.now - before >= 60)
  const { stdout: listed } = await service.keys('list')
  assert.equal(
    listed,
    [
      'KEY  SEALS FROM                AT REST  USE',
      '1    2026-01-02T00:00:00.000Z  0        opens session tokens until 2026-01-03T12:01:00.000Z',
      '2    2026-01-02T00:00:30.000Z  1        seals',
      '',
    ].join('\n'),
  )
})

test('an interrupted rotation says how to go on, and goes on', async () => {
  await using service = await newService()
  const { world } = service
  for (const [interruptAfter, message] of [
    [10_000, /The key stays, and is used: `twinlock keys rotate --resume` goes on\.\n$/],
    [
      60_010,
      /Interrupted\. Secrets left under older keys: 1\. `twinlock keys rotate --resume` goes on\.\n$/,
    ],
  ] as const) {
    const { status, stderr } = await world.twinlock(['keys', 'rotate'], { interruptAfter })
    assert.equal(status, 130)
    assert.match(stderr, message)
  }
  const { status, stdout } = await service.keys('rotate', '--resume')
  assert.equal(status, 0)
  assert.equal(stdout, 'Key 3 seals. Secrets sealed anew: 1.\n')
})

test('retire refuses with one sentence while a key is needed, and takes it away when it is not', async () => {
  await using service = await newService()
  const { world, keys } = service
  await keys('rotate')
  const refused = await keys('retire', '1')
  assert.equal(refused.status, 1)
  assert.equal(
    refused.stderr,
    'twinlock: Session tokens that key 1 sealed may live until 2026-01-03T12:01:00.000Z: wait for that, or end them with --end-sessions.\n',
  )
  world.now += 2 * DAY_SECONDS
  assert.match((await keys('list')).stdout, /^1 .* knows browsers until 2026-04-02T/m)
  world.now += 90 * DAY_SECONDS
  assert.match((await keys('list')).stdout, /^1 .* may be retired$/m)
  assert.deepEqual(await keys('retire', '1'), {
    status: 0,
    stdout: 'Key 1 is retired.\n',
    stderr: '',
  })
  await keys('rotate')
  assert.equal((await keys('retire', '2', '--end-sessions')).status, 0)
  const states = JSON.parse((await keys('list', '--json')).stdout) as { keyId: number }[]
  assert.deepEqual(
    states.map(({ keyId }) => keyId),
    [3],
  )
})

test('change-master makes the new file, which opens the store from then on, and the old one no more', async () => {
  await using service = await newService()
  const { world, keys, masterKey } = service
  const file = join(world.home, 'new.key')
  const changed = await keys('change-master', '--new-master-key-file', file)
  assert.equal(changed.status, 0, changed.stderr)
  assert.equal(changed.stdout, `The data keys are sealed under ${file}.\n`)
  const old = await keys('list')
  assert.equal(old.status, 1)
  assert.equal(
    old.stderr,
    'twinlock: This master key is not the one that the database was sealed with.\n',
  )
  world.env['TWINLOCK_MASTER_KEY_FILE'] = file
  assert.equal((await keys('list')).status, 0)
  const back = await keys('change-master', '--new-master-key-file', masterKey)
  assert.equal(back.status, 0)
  assert.equal((await keys('list', '--master-key-file', masterKey)).status, 0)
})

test('no key material is ever printed', async () => {
  await using service = await newService()
  const { world, keys, masterKey } = service
  const file = join(world.home, 'new.key')
  const outcomes = [
    await keys('change-master', '--new-master-key-file', masterKey),
    await keys('change-master', '--new-master-key-file', file),
    await world.twinlock([
      'keys',
      'change-master',
      '--master-key-file',
      file,
      '--new-master-key-file',
      masterKey,
    ]),
    await keys('rotate'),
    await keys('list', '--json'),
    await keys('retire', '1', '--end-sessions'),
    await keys('list'),
  ]
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    [1, 0, 0, 0, 0, 0, 0],
  )
  const printed = outcomes.map(({ stdout, stderr }) => stdout + stderr).join('')
  for (const key of [masterKey, file]) {
    assert.ok(!printed.includes(readFileSync(key, 'utf8').trim()))
  }
  assert.doesNotMatch(printed, /[\w+/]{43}=/)
})

test('without a store, or with a key that is not its own, nothing is made and nothing is changed', async () => {
  await using service = await newService()
  const { world, keys } = service
  const nowhere = join(world.home, 'nowhere')
  const wrong = join(world.home, 'wrong.key')
  writeFileSync(wrong, randomBytes(32).toString('base64'), { mode: 0o600 })
  for (const [command, ...more] of [
    ['list'],
    ['rotate'],
    ['retire', '1'],
    ['change-master', '--new-master-key-file', join(world.home, 'other.key')],
  ] as const) {
    const missing = await keys(command, ...more, '--data', nowhere)
    assert.equal(missing.status, 1)
    assert.match(missing.stderr, /^twinlock: The master key \S+ cannot be read[^\n]+\n$/)
    const empty = await keys(command, ...more, '--data', nowhere, '--master-key-file', wrong)
    assert.match(empty.stderr, /^twinlock: There is no database \S+\n$/)
    const refused = await keys(command, ...more, '--master-key-file', wrong)
    assert.equal(refused.status, 1)
    assert.match(refused.stderr, /^twinlock: This master key is not the one[^\n]+\n$/)
  }
  assert.ok(!existsSync(nowhere))
  assert.ok(!existsSync(join(world.home, 'other.key')))
  assert.match((await keys('list')).stdout, /^1 .* seals\n$/m)
})

for (const args of [
  ['retire'],
  ['retire', 'first'],
  ['retire', '-1'],
  ['change-master'],
  ['list', '--database', 'mysql://'],
]) {
  test(`\`twinlock keys ${args.join(' ')}\` is typed wrongly`, async () => {
    await using world = await newWorld()
    assert.equal((await world.twinlock(['keys', ...args])).status, 2)
  })
}
