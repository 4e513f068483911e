import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, readConfig } from '@twinlock/server'
import { temporaryHome, startService, twinlock } from '../../test/twinlock-process.ts'
import { START_OPTIONS } from './start.ts'

for (const option of Object.keys(START_OPTIONS)) {
  test(`the server knows --${option}, which the help text explains`, () => {
    try {
      readConfig([`--${option}`, ''], {})
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      assert.doesNotMatch(error.message, /Unknown option/)
    }
  })
}

test('the service starts, answers, and ends with status 0 at SIGTERM', async () => {
  await using home = await temporaryHome()
  const service = await startService(home.path)
  const answer = await fetch(`${service.endpoint}/healthz`)
  assert.equal(answer.status, 200)
  assert.equal(await service.stop(), 0)
})

test('an address that is taken stops the start with one sentence', async () => {
  await using home = await temporaryHome()
  const service = await startService(home.path)
  const listen = new URL(service.endpoint).host
  const other = await twinlock(home.path, [
    'start',
    '--data',
    `${home.path}/other`,
    '--listen',
    listen,
  ])
  assert.equal(other.status, 1)
  assert.match(other.stderr, /^twinlock: [^\n]+\n$/)
  assert.equal(await service.stop(), 0)
})
