import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { clockDriftInWords, clockDriftSeconds } from './clock-drift.ts'
import { timeStep, totpCode, totpSecret } from './totp.ts'
import { TOTP_PROFILES } from './totp-profiles.ts'
import { freshTotpState } from './totp-state.ts'
import { verifyPair } from './totp-verification.ts'

const secret = totpSecret(Buffer.from('12345678901234567890'))
const NOW = 1_700_000_100

/** What the page is told of a device whose clock is so many seconds ahead and whose owner types at once. */
function toldOf(offsetSeconds: number, now: number, periodSeconds: number) {
  const format = { periodSeconds }
  const shown = timeStep(now + offsetSeconds, periodSeconds)
  const [first, second] = [shown - 1, shown].map(step => totpCode(secret, step, format))
  const pair = verifyPair(
    TOTP_PROFILES.aws,
    secret,
    freshTotpState,
    first ?? '',
    second ?? '',
    now,
    format,
  )
  assert.ok(pair.outcome === 'proved')
  return clockDriftSeconds(pair, now, format)
}

test('the drift that is told is within half a period of the truth, or none when it is below one', () => {
  const offset = fc.integer({ min: -14_000, max: 14_000 })
  const second = fc.integer({ min: 0, max: 120 })
  fc.assert(
    fc.property(offset, second, fc.constantFrom(30, 60), (offset, second, periodSeconds) => {
      const told = toldOf(offset, NOW + second, periodSeconds)
      if (told === 0) assert.ok(Math.abs(offset) <= 1.5 * periodSeconds)
      else assert.ok(Math.abs(told - offset) <= periodSeconds / 2 + 1)
    }),
    { numRuns: 25 },
  )
})

test('a clock that is right is not called wrong', () => {
  for (const offset of [-10, 0, 10]) assert.equal(toldOf(offset, NOW + 7, 30), 0)
})

for (const [seconds, words] of [
  [0, undefined],
  [-41, 'about 40 seconds behind'],
  [119, 'about 120 seconds ahead'],
  [-240, 'about 4 minutes behind'],
  [251, 'about 4 minutes ahead'],
  [3600, 'about 60 minutes ahead'],
  [-5400, 'about 1 hour 30 minutes behind'],
  [7205, 'about 2 hours ahead'],
  [-29_900, 'about 8 hours 15 minutes behind'],
] as const) {
  test(`${seconds} seconds of drift are ${words ?? 'not worth a word'}`, () => {
    assert.equal(clockDriftInWords(seconds), words)
  })
}
