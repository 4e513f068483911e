import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { TOTP_PROFILES } from './totp-profiles.ts'
import { freshTotpState, isSpent, reseededTotpState, spend, spendUpTo } from './totp-state.ts'
import type { TotpState } from './totp-state.ts'

const NOW = 1_700_000_100

test('the high-water mark never falls', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), steps => {
      const state = steps.reduce(spendUpTo, freshTotpState)
      assert.equal(state.highWaterStep, steps.length === 0 ? undefined : Math.max(...steps))
    }),
  )
})

test('a step at or below the high-water mark need not be listed', () => {
  const listed = { ...freshTotpState, spentSteps: [3, 5, 8] }
  assert.deepEqual(spendUpTo(listed, 5), { ...freshTotpState, spentSteps: [8], highWaterStep: 5 })
})

test('whatever is spent, in whatever order, is spent from then on', () => {
  const step = fc.integer({ min: NOW / 30 - 3000, max: NOW / 30 + 3000 })
  for (const profile of Object.values(TOTP_PROFILES)) {
    fc.assert(
      fc.property(fc.array(step), steps => {
        const state = steps.reduce(
          (state, step) => spend(profile, state, step, NOW),
          freshTotpState,
        )
        for (const step of steps) assert.ok(isSpent(state, step))
      }),
    )
  }
})

test('a fresh state has spent nothing', () => {
  assert.equal(isSpent(freshTotpState, 0), false)
})

test('a new seed forgets steps and drift but keeps the throttle', () => {
  const throttle = { window: 9, verifications: 9, failures: 3, lastFailureAt: 5 }
  const steps = { driftSteps: 7, spentSteps: [1, 2], lastPairStep: 2, highWaterStep: 0 }
  const used: TotpState = { ...steps, ...throttle }
  assert.deepEqual(reseededTotpState(used), { driftSteps: 0, spentSteps: [], ...throttle })
  assert.deepEqual(reseededTotpState(freshTotpState), freshTotpState)
})
