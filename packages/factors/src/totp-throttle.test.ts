import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { TOTP_PROFILES } from './totp-profiles.ts'
import { freshTotpState } from './totp-state.ts'
import type { TotpState } from './totp-state.ts'
import { admit, recordFailure, throttleWaitSeconds } from './totp-throttle.ts'

const NOW = 1_700_000_100
const { aws, strict } = TOTP_PROFILES

/** The state of a device after failures, each so many seconds after the one before. */
function failing(profile: typeof aws, pauses: readonly number[]) {
  let [state, now]: [TotpState, number] = [freshTotpState, NOW]
  for (const pause of pauses) {
    now += pause
    const admitted = admit(profile.throttle, state, now)
    if (admitted !== undefined) state = recordFailure(admitted, now)
  }
  return { state, now }
}

for (const [name, profile] of Object.entries(TOTP_PROFILES)) {
  test(`${name}: the wait that is told is the true one, to the second`, () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 }), pauses => {
        const { state, now } = failing(profile, pauses)
        const wait = throttleWaitSeconds(profile, state, now)
        assert.notEqual(admit(profile.throttle, state, now + wait), undefined)
        if (wait > 0) assert.equal(admit(profile.throttle, state, now + wait - 1), undefined)
      }),
    )
  })
}

test("AWS's window ends where the next begins, whenever it was used up", () => {
  const { state, now } = failing(aws, Array<number>(9).fill(0))
  const left = 180 - (NOW % 180)
  assert.equal(throttleWaitSeconds(aws, state, now), left)
  assert.equal(throttleWaitSeconds(aws, state, now + left - 1), 1)
  // Counted by a node whose clock was ahead, in the next window already.
  const ahead = failing(aws, [180, ...Array<number>(8).fill(0)]).state
  assert.equal(throttleWaitSeconds(aws, ahead, now), left + 180)
})

test('a back-off is over so many seconds after the last failure, even one that a clock ahead has noted', () => {
  const { state } = failing(strict, [0, 1, 2])
  assert.equal(throttleWaitSeconds(strict, state, NOW + 3), 4)
  assert.equal(throttleWaitSeconds(strict, state, NOW + 5), 2)
  assert.equal(throttleWaitSeconds(strict, state, NOW + 1), 6)
})
