import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { otpauthUri, qrPng } from '@twinlock/factors'
import { newWorld } from '../../../test/world.ts'

// The secret of RFC 6238 Appendix B; at 59 s its six digits are 287082.
const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const URI = otpauthUri({ deviceName: 'phone', account: '123456789012', seed: SEED })
const CODE = '287082\n'

test('a device can be added from a seed, a URI and the QR code of it, with the same codes', async () => {
  await using world = await newWorld()
  const qr = join(world.home, 'qr.png')
  await writeFile(qr, qrPng(URI))
  for (const source of [
    ['--seed', SEED],
    ['--uri', URI],
    ['--qr', qr],
  ]) {
    const name = `by${source[0]}`
    assert.equal((await world.twinlock(['authenticator', 'add', name, ...source])).status, 0, name)
    assert.equal((await world.twinlock(['authenticator', 'code', name])).stdout, CODE, name)
  }
})

test('a seed and a URI can come from stdin, where no other process reads them', async () => {
  await using world = await newWorld()
  const seed = SEED.toLowerCase().replaceAll(/.{4}/g, '$& ')
  await world.twinlock(['authenticator', 'add', 'a', '--seed', '-'], { input: `${seed}\n` })
  await world.twinlock(['authenticator', 'add', 'b', '--uri', '-'], { input: `${URI}\n` })
  for (const name of ['a', 'b']) {
    assert.equal((await world.twinlock(['authenticator', 'code', name])).stdout, CODE)
  }
})

test('without a name the label of the URI is the name', async () => {
  await using world = await newWorld()
  const { stderr } = await world.twinlock(['authenticator', 'add', '--uri', URI])
  assert.match(stderr, /Added `phone@123456789012`/)
  const { stdout } = await world.twinlock(['authenticator', 'list'])
  assert.match(stdout, /^phone@123456789012 +Amazon Web Services +phone@123456789012$/m)
})

test('a seed is never overwritten', async () => {
  await using world = await newWorld()
  await world.twinlock(['authenticator', 'add', 'dev', '--seed', SEED])
  const other = await world.twinlock(['authenticator', 'add', 'dev', '--seed', 'MFRGGZDFMZTWQ2LK'])
  assert.equal(other.status, 1)
  assert.match(other.stderr, /already holds a device `dev`/)
  assert.equal((await world.twinlock(['authenticator', 'code', 'dev'])).stdout, CODE)
})

test('the figures of a URI are kept: RFC 6238 Appendix B with SHA-512 and eight digits', async () => {
  await using world = await newWorld()
  // 64 bytes, 1234567890 over and over.
  const seed =
    'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNA'
  const uri = `otpauth://totp/x?secret=${seed}&algorithm=SHA512&digits=8&period=30`
  await world.twinlock(['authenticator', 'add', '--uri', uri])
  assert.equal((await world.twinlock(['authenticator', 'code', 'x'])).stdout, '90693936\n')
})

for (const { reason, args, status, says } of [
  { reason: 'no source', args: ['dev'], status: 2, says: /one of --uri, --seed and --qr/ },
  { reason: 'two sources', args: ['dev', '--seed', SEED, '--uri', URI], status: 2, says: /one of/ },
  { reason: 'a seed without a name', args: ['--seed', SEED], status: 2, says: /NAME/ },
  { reason: 'two names', args: ['a', 'b', '--seed', SEED], status: 2, says: /`b`/ },
  {
    reason: 'a seed that is no Base32',
    args: ['dev', '--seed', '1890'],
    status: 1,
    says: /Base32/,
  },
  { reason: 'an empty seed', args: ['dev', '--seed', ''], status: 1, says: /empty/ },
  {
    reason: 'another URI',
    args: ['dev', '--uri', 'https://example.com'],
    status: 1,
    says: /otpauth/,
  },
  { reason: 'a picture that is none', args: ['dev', '--qr', '/dev/null'], status: 1, says: /PNG/ },
  {
    reason: 'a missing picture',
    args: ['dev', '--qr', '/nowhere.png'],
    status: 1,
    says: /nowhere/,
  },
  {
    reason: 'a name that moves the cursor',
    args: ['\u001B[2J', '--seed', SEED],
    status: 1,
    says: /printable/,
  },
]) {
  test(`${reason}: refused in one line, and the seed is not repeated`, async () => {
    await using world = await newWorld()
    const outcome = await world.twinlock(['authenticator', 'add', ...args])
    assert.deepEqual([outcome.status, outcome.stdout], [status, ''])
    assert.match(outcome.stderr, says)
    assert.match(outcome.stderr, /^twinlock: [^\n]+\n$/)
    assert.ok(!outcome.stderr.includes(SEED))
  })
}

test('an issuer that would move the cursor is not shown', async () => {
  await using world = await newWorld()
  const uri = `otpauth://totp/x?secret=${SEED}&issuer=%1B%5B2J`
  await world.twinlock(['authenticator', 'add', '--uri', uri])
  const { stdout } = await world.twinlock(['authenticator', 'list'])
  assert.ok(!stdout.includes('\u001B'))
})
