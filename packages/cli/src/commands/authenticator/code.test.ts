import assert from 'node:assert/strict'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { type World, newWorld } from '../../../test/world.ts'

const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
const ADD = ['authenticator', 'add', 'dev', '--seed', SEED]
const CODE = ['authenticator', 'code', 'dev']

async function worldWithDevice() {
  const world = await newWorld()
  await world.twinlock(ADD)
  return world
}

type Vectors = {
  readonly rows: readonly {
    readonly seconds: number
    readonly algorithm: string
    readonly totp: string
  }[]
}
const vectors = JSON.parse(
  await readFile(
    new URL('../../../../../vectors/totp/rfc6238-appendix-b.json', import.meta.url),
    'utf8',
  ),
) as Vectors

test('the codes are those of RFC 6238 Appendix B, the last six digits of its SHA-1 rows', async () => {
  await using world = await worldWithDevice()
  const rows = vectors.rows.filter(({ algorithm }) => algorithm === 'sha1')
  assert.equal(rows.length, 6)
  for (const { seconds, totp } of rows) {
    world.now = seconds
    assert.equal((await world.twinlock(CODE)).stdout, `${totp.slice(-6)}\n`)
  }
})

test('into a pipe goes the code alone, and nothing to stderr', async () => {
  await using world = await worldWithDevice()
  assert.deepEqual(await world.twinlock(CODE), { status: 0, stdout: '287082\n', stderr: '' })
})

test('on a terminal the code comes with the seconds that are left', async () => {
  await using world = await worldWithDevice()
  world.now = 43.5
  assert.equal((await world.twinlock(CODE, { terminal: true })).stdout, '287082  (17 s left)\n')
})

test('--next gives the code that the next time step will have', async () => {
  await using world = await worldWithDevice()
  world.now = 25
  assert.equal((await world.twinlock([...CODE, '--next'])).stdout, '287082\n')
  world.now = 25.5
  const { stdout } = await world.twinlock([...CODE, '--next'], { terminal: true })
  assert.equal(stdout, '287082  (valid in 5 s)\n')
})

test('--json tells from when until when the code is valid', async () => {
  await using world = await worldWithDevice()
  const { stdout } = await world.twinlock([...CODE, '--json'])
  assert.deepEqual(JSON.parse(stdout), {
    name: 'dev',
    code: '287082',
    secondsLeft: 1,
    validFrom: '1970-01-01T00:00:30.000Z',
    validUntil: '1970-01-01T00:01:00.000Z',
    shownBefore: false,
  })
})

async function hintOf(world: World, ...options: readonly string[]) {
  const { status, stdout, stderr } = await world.twinlock([...CODE, ...options])
  assert.equal(status, 0)
  assert.match(stdout, /^\d{6}\n$/)
  return stderr
}

test('a code that is shown again in its time step comes with a hint', async () => {
  await using world = await worldWithDevice()
  world.now = 40
  assert.equal(await hintOf(world), '')
  assert.match(await hintOf(world), /shown before.*wait 20 s, or .*--next/)
  assert.equal(await hintOf(world, '--next'), '')
  assert.match(await hintOf(world, '--next'), /shown before.*wait 50 s/)
  world.now = 60
  assert.match(await hintOf(world), /shown before.*wait 30 s/)
  world.now = 90
  assert.equal(await hintOf(world), '')
})

test('two devices do not mistake each other’s codes for their own', async () => {
  await using world = await worldWithDevice()
  await world.twinlock(['authenticator', 'add', 'other', '--seed', SEED])
  await world.twinlock(['authenticator', 'code', 'other'])
  assert.equal(await hintOf(world), '')
})

test('an unknown device is answered with the names of those that are there', async () => {
  await using world = await worldWithDevice()
  const { status, stdout, stderr } = await world.twinlock(['authenticator', 'code', 'prod'])
  assert.deepEqual([status, stdout], [1, ''])
  assert.match(stderr, /no device `prod`; it holds `dev`/)
})

test('--watch draws the running code every second until Ctrl-C', async () => {
  await using world = await worldWithDevice()
  world.now = 57
  const watched = await world.twinlock([...CODE, '--watch'], {
    terminal: true,
    interruptAfter: 5000,
  })
  assert.equal(watched.status, 0)
  assert.deepEqual(watched.stdout.trimEnd().split('\r\u001B[K').slice(1), [
    '287082  (3 s left)',
    '287082  (2 s left)',
    '287082  (1 s left)',
    '359152  (30 s left)',
    '359152  (29 s left)',
  ])
})

test('--watch into a pipe writes a line for each time step', async () => {
  await using world = await worldWithDevice()
  const watched = await world.twinlock([...CODE, '--watch'], { interruptAfter: 35_000 })
  assert.equal(watched.stdout, '287082\n359152\n969429\n')
})

test('a vault that can not be written shows its code all the same, and says what it can not do', async () => {
  await using world = await worldWithDevice()
  const lock = join(world.home, '.config/twinlock/authenticator.json.lock')
  await rm(lock)
  await mkdir(lock)
  const { status, stdout, stderr } = await world.twinlock(CODE)
  assert.deepEqual([status, stdout], [0, '287082\n'])
  assert.match(stderr, /not remembered .*\.lock: it is a directory/)
})

test('what is removed gives no more codes', async () => {
  await using world = await worldWithDevice()
  assert.equal((await world.twinlock(['authenticator', 'remove', 'dev'])).status, 0)
  assert.equal((await world.twinlock(CODE)).status, 1)
  assert.equal((await world.twinlock(['authenticator', 'remove', 'dev'])).status, 1)
})
