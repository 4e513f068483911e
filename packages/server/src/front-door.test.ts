import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from './clock.ts'
import { readConfig } from './config.ts'
import { frontDoor } from './front-door.ts'

const config = readConfig(['--listen', '127.0.0.1:0'], {})
const SPINE_ANSWER = { status: 200, headers: {}, body: 'from the spine' }

test('who knocks before all is open waits, and is let in', async () => {
  await using door = await frontDoor(config, systemClock, assert.ifError)
  const [request, page, health] = ['/', '/signin', '/healthz'].map(path =>
    fetch(`${door.endpoint}${path}`),
  )
  // Whoever is answered at once, as another method is, says that the others have been heard.
  await fetch(`${door.endpoint}/`, { method: 'PUT', redirect: 'manual' })
  assert.equal(await Promise.race([health, Promise.resolve('waits')]), 'waits')
  door.open({
    spine: () => Promise.resolve(SPINE_ANSWER),
    web: (message, response) => Promise.resolve(void response.end(`page ${message.url}`)),
  })
  assert.equal(await (await request)?.text(), 'from the spine')
  assert.equal(await (await page)?.text(), 'page /signin')
  assert.equal(await (await health)?.text(), 'ok\n')
})

test('a door that closes before it opens sends away who waits', { timeout: 5000 }, async () => {
  const door = await frontDoor(config, systemClock, () => undefined)
  const waiting = fetch(`${door.endpoint}/`).then(
    () => 'answered',
    () => 'sent away',
  )
  await fetch(`${door.endpoint}/`, { method: 'PUT', redirect: 'manual' })
  await door[Symbol.asyncDispose]()
  assert.equal(await waiting, 'sent away')
})
