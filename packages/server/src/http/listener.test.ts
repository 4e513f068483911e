// What the door bears of whoever knocks: bytes, connections and time. The limits are small, so that nobody waits for them.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import type { Limits, Listener } from './listener.ts'
import { LIMITS, listen } from './listener.ts'
import type { Spine } from './spine.ts'

/** A defence that is gone leaves a test waiting: it fails before Node's own limits help it. */
const WITHOUT_WAITING = { timeout: 5000 }

const tellLength: Spine = async ({ body }) => ({
  status: 200,
  headers: {},
  body: `read ${body.length}`,
})

/** A listener behind a proxy that is the test itself, so that a request can come from any address. */
const open = (limits: Partial<Limits>, spine = tellLength) =>
  listen(
    '127.0.0.1',
    0,
    {
      spine,
      clock: { now: () => new Date() },
      trustedProxies: { header: 'x-forwarded-for', has: address => address === '127.0.0.1' },
      report: assert.ifError,
    },
    { ...LIMITS, closeWithinMs: 50, ...limits },
  )

const connectTo = ({ endpoint }: Listener): Socket =>
  connect(Number(new URL(endpoint).port), '127.0.0.1').on('error', () => undefined)

const SIGNED = 'Authorization: AWS4-HMAC-SHA256 Credential=x\r\n'
const from = (network: number) => `X-Forwarded-For: 192.0.2.${network}\r\n`

const post = (length: number, headers = '') =>
  `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}Content-Length: ${length}\r\n\r\n`

/** What comes back until the connection ends, however it ends. */
const answerTo = (socket: Socket, sent: string): Promise<string> => {
  socket.write(sent)
  return text(socket).catch(() => '')
}

test('headers that do not come in time end their connection', WITHOUT_WAITING, async () => {
  await using door = await open({ headersWithinMs: 50, checkEveryMs: 10 })
  const answer = await answerTo(connectTo(door), 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')
  assert.match(answer, /^HTTP\/1\.1 408 /)
})

test('a body that does not come in time ends its connection', WITHOUT_WAITING, async () => {
  await using door = await open({ headersWithinMs: 50, requestWithinMs: 50, checkEveryMs: 10 })
  assert.match(await answerTo(connectTo(door), `${post(9)}half`), /^HTTP\/1\.1 408 /)
})

test(
  'a connection too many is ended, and there is room when another one ends',
  WITHOUT_WAITING,
  async () => {
    await using door = await open({ connections: 2 })
    const [one, other] = [connectTo(door), connectTo(door)]
    await Promise.all([once(one, 'connect'), once(other, 'connect')])
    assert.equal(await answerTo(connectTo(door), post(0)), '')
    one.destroy()
    while (!(await answerTo(connectTo(door), post(0))).endsWith('read 0'));
    other.destroy()
  },
)

test('a body that claims no signature may be less long', WITHOUT_WAITING, async () => {
  await using door = await open({ bodyBytes: 20, unsignedBodyBytes: 10 })
  const ask = (length: number, headers = '') =>
    answerTo(connectTo(door), post(length, headers) + 'x'.repeat(length))
  assert.match(await ask(10), /read 10$/)
  assert.match(await ask(11), /^HTTP\/1\.1 413 /)
  assert.match(await ask(20, SIGNED), /read 20$/)
  assert.match(await ask(21, SIGNED), /^HTTP\/1\.1 413 /)
})

/** Bodies from one network that lack their last byte. */
function sendHalves(door: Listener, network: number, count: number, bytes: number) {
  const sockets = Array.from({ length: count }, () => connectTo(door))
  const half = post(bytes + 1, SIGNED + from(network)) + 'x'.repeat(bytes)
  return {
    /** What the first one is answered that is. */
    answered: Promise.race(sockets.map(socket => answerTo(socket, half))),
    abandon: () => sockets.forEach(socket => socket.destroy()),
  }
}

const askFrom = (door: Listener, network: number, bytes: number) =>
  answerTo(connectTo(door), post(bytes, SIGNED + from(network)) + 'x'.repeat(bytes))

const BUSY = /^HTTP\/1\.1 503 /
const READ = / 200 OK\r\n[^]*read \d+$/

test('bodies in flight are bounded, until they have gone', WITHOUT_WAITING, async () => {
  await using door = await open({ bytesOfOneNetwork: 100, bytesInFlight: 200 })
  const ask = (network: number, bytes: number) => askFrom(door, network, bytes)
  const one = sendHalves(door, 1, 11, 10)
  assert.match(await one.answered, BUSY)
  assert.match(await ask(1, 1), BUSY)
  assert.match(await ask(2, 100), /read 100$/)
  const other = sendHalves(door, 2, 11, 10)
  assert.match(await other.answered, BUSY)
  assert.match(await ask(3, 1), BUSY)

  one.abandon()
  while (!(await ask(1, 100)).endsWith('read 100'));
  assert.match(await ask(3, 100), /read 100$/)
  assert.match(await ask(2, 1), BUSY)
  other.abandon()
})

test('they take 4 MB of one network, and 64 MB in all', WITHOUT_WAITING, async () => {
  const MB = 1024 * 1024
  await using door = await open({})
  const one = sendHalves(door, 1, 5, MB - 1)
  assert.doesNotMatch(await one.answered, READ)
  assert.match(await askFrom(door, 2, MB), READ)
  const networks = Array.from({ length: 16 }, (_, index) => index + 2)
  const others = networks.map(network => sendHalves(door, network, 4, MB - 1))
  assert.doesNotMatch(await Promise.race(others.map(({ answered }) => answered)), READ)
  for (const each of [one, ...others]) each.abandon()
})

/** Answers when it is told to. */
function heldSpine() {
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const spine: Spine = async (...request) => {
    begin()
    await finished
    return tellLength(...request)
  }
  return { spine, begun, finish }
}

test(
  'a door that closes takes nobody new, and answers what it has begun or half read',
  WITHOUT_WAITING,
  async () => {
    const { spine, begun, finish } = heldSpine()
    const door = await open({ closeWithinMs: 60_000 }, spine)
    const half = connectTo(door)
    const answers = [answerTo(half, `${post(9)}half`), answerTo(connectTo(door), post(0))]
    await begun
    const closed = door[Symbol.asyncDispose]()
    assert.equal(await answerTo(connectTo(door), post(0)), '')

    finish()
    half.write(' body')
    assert.deepEqual(
      (await Promise.all(answers)).map(answer => answer.slice(-6)),
      ['read 9', 'read 0'],
    )
    await closed
  },
)

test('a door that closes ends connections after their last answer', WITHOUT_WAITING, async () => {
  const { spine, begun, finish } = heldSpine()
  const door = await open({ closeWithinMs: 60_000 }, spine)
  const answer = answerTo(connectTo(door), 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await begun
  const closed = door[Symbol.asyncDispose]()
  finish()
  assert.match(await answer, /read 0$/)
  await closed
})

test(
  'a door that closes waits no longer than it may for what is half-sent',
  WITHOUT_WAITING,
  async () => {
    const door = await open({ closeWithinMs: 50 })
    const answer = answerTo(connectTo(door), `${post(9)}half`)
    // Connections are taken in turn: the half is there when this one is answered.
    await answerTo(connectTo(door), post(0))
    await door[Symbol.asyncDispose]()
    assert.equal(await answer, '')
  },
)

test('a door that closes waits for nobody who has said nothing', WITHOUT_WAITING, async () => {
  const door = await open({ closeWithinMs: 60_000 })
  const silent = connectTo(door).resume()
  await once(silent, 'connect')
  assert.match(await answerTo(connectTo(door), post(0)), /read 0$/)
  await door[Symbol.asyncDispose]()
  await once(silent, 'close')
})
