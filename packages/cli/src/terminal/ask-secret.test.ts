import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Keyboard, newWorld } from '../../test/world.ts'

const ADD = ['authenticator', 'add', 'dev', '--seed', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ']

async function worldWithPassphrase() {
  const world = await newWorld()
  delete world.env['TWINLOCK_AUTHENTICATOR_KEY_FILE']
  return world
}

test('a new passphrase is asked for twice, in raw mode, and what is typed is not shown', async () => {
  await using world = await worldWithPassphrase()
  const keyboard = new Keyboard('tulip\rtulip\r')
  const { status, stdout, stderr } = await world.twinlock(ADD, { input: keyboard })
  assert.equal(status, 0)
  assert.deepEqual(keyboard.modes, [true, false, true, false])
  assert.ok(!`${stdout}${stderr}`.includes('tulip'))

  const code = await world.twinlock(['authenticator', 'code', 'dev'], {
    input: new Keyboard('tulip\n'),
  })
  assert.equal(code.stdout, '287082\n')
})

test('backspace takes back a letter, and Ctrl-U all of them', async () => {
  await using world = await worldWithPassphrase()
  world.env['TWINLOCK_AUTHENTICATOR_PASSPHRASE'] = 'tülip'
  await world.twinlock(ADD)
  delete world.env['TWINLOCK_AUTHENTICATOR_PASSPHRASE']
  const input = new Keyboard('rose\u0015tü😀\u007Flos\b\bip\r')
  assert.equal(
    (await world.twinlock(['authenticator', 'code', 'dev'], { input })).stdout,
    '287082\n',
  )
})

test('two passphrases that differ seal nothing', async () => {
  await using world = await worldWithPassphrase()
  const { status, stderr } = await world.twinlock(ADD, { input: new Keyboard('tulip\rrose\r') })
  assert.equal(status, 1)
  assert.match(stderr, /differ; nothing was written/)
  assert.match((await world.twinlock(['authenticator', 'code', 'dev'])).stderr, /no device yet/)
})

test('an empty passphrase is refused', async () => {
  await using world = await worldWithPassphrase()
  const { status, stderr } = await world.twinlock(ADD, { input: new Keyboard('\r') })
  assert.equal(status, 1)
  assert.match(stderr, /empty passphrase/)
})

for (const [name, key] of [
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
] as const) {
  test(`${name} ends the question, and the terminal is as it was`, async () => {
    await using world = await worldWithPassphrase()
    const keyboard = new Keyboard(`tul${key}`)
    assert.equal((await world.twinlock(ADD, { input: keyboard })).status, 130)
    assert.deepEqual(keyboard.modes, [true, false])
  })
}

test('a terminal that is closed ends the question', async () => {
  await using world = await worldWithPassphrase()
  const keyboard = new Keyboard('tul')
  keyboard.end()
  assert.equal((await world.twinlock(ADD, { input: keyboard })).status, 130)
})
