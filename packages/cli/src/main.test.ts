import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { TOTP_PROFILES, freshTotpState, totpSecret, verifyCode } from '@twinlock/factors'
import { spawnTwinlock, temporaryHome, twinlock } from '../test/twinlock-process.ts'

const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const ADD = ['authenticator', 'add', 'dev', '--seed', '-']
const secret = totpSecret(Buffer.from('12345678901234567890'))

test('a code that the command prints is a code that AWS’s rules accept', async () => {
  await using home = await temporaryHome()
  await twinlock(home.path, ADD, { input: SEED })
  const { status, stdout, stderr } = await twinlock(home.path, ['authenticator', 'code', 'dev'])
  assert.deepEqual([status, stderr], [0, ''])
  const now = Date.now() / 1000
  const proof = verifyCode(TOTP_PROFILES.aws, secret, freshTotpState, stdout.trimEnd(), now)
  assert.equal(proof.outcome, 'proved')
})

test('of two processes that add at the same time, to a file and a key that are not there, none loses', async () => {
  await using home = await temporaryHome()
  const names = ['a', 'b', 'c', 'd']
  const outcomes = await Promise.all(
    names.map(name =>
      twinlock(home.path, ['authenticator', 'add', name, '--seed', '-'], { input: SEED }),
    ),
  )
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    [0, 0, 0, 0],
  )
  const { stdout } = await twinlock(home.path, ['authenticator', 'list'])
  for (const name of names) assert.match(stdout, new RegExp(`^${name}$`, 'm'))
})

test('a user’s mistake is one line and a status, never a stack trace', async () => {
  await using home = await temporaryHome()
  assert.deepEqual(await twinlock(home.path, ['authenticator', 'code', 'dev', '--nxt']), {
    status: 2,
    stdout: '',
    stderr: "twinlock: Unknown option '--nxt'. Try `twinlock help authenticator code`.\n",
  })
})

test('without credentials `mfa` says how to give them, in one line', async () => {
  await using home = await temporaryHome()
  const nobody = await twinlock(home.path, ['mfa', 'list', '--profile', 'nobody'])
  assert.equal(nobody.status, 1)
  assert.match(nobody.stderr, /^twinlock: [^\n]+ Give credentials by --profile[^\n]+\n$/)
})

test('--watch ends at SIGINT with status 0', async () => {
  await using home = await temporaryHome()
  await twinlock(home.path, ADD, { input: SEED })
  const child = spawnTwinlock(home.path, ['authenticator', 'code', 'dev', '--watch'])
  await once(child.stdout, 'data')
  child.kill('SIGINT')
  assert.deepEqual(await once(child, 'close'), [0, null])
})
