import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { GuessCount, GuessLimits } from './guess-limits.ts'
import { mostGuesses, remembered, waitSeconds } from './guess-limits.ts'

const START = Date.UTC(2026, 0, 2)

/** How many guesses are judged of an attacker who guesses whenever that is possible, and otherwise pauses for so many seconds. */
function judged(limits: GuessLimits, pauses: Iterable<number>) {
  let count: GuessCount = { failures: 0, lastFailureDate: START }
  let [at, guesses] = [START, 0]
  for (const pause of pauses) {
    while (waitSeconds(limits, count, at) === 0) {
      count = { failures: remembered(limits, count, at) + 1, lastFailureDate: at }
      guesses++
    }
    at += pause * 1000
  }
  return { guesses, seconds: (at - START) / 1000 }
}

const limits = fc.record({
  freeGuesses: fc.integer({ min: 0, max: 30 }),
  longestWaitSeconds: fc.integer({ min: 1, max: 5000 }),
})

test('whatever the pauses, no attacker has more guesses judged than the bound says', () => {
  const pauses = fc.array(
    fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 20_000 })),
    {
      maxLength: 200,
    },
  )
  fc.assert(
    fc.property(limits, pauses, (of, times) => {
      const { guesses, seconds } = judged(of, times)
      assert.ok(guesses <= mostGuesses(of, seconds), `${guesses} in ${seconds} s`)
    }),
  )
})

test('the bound is nearly reached by who guesses whenever it is possible', () => {
  for (const of of [
    { freeGuesses: 4, longestWaitSeconds: 60 },
    { freeGuesses: 20, longestWaitSeconds: 900 },
  ]) {
    const { guesses } = judged(of, Array<number>(86_400).fill(1))
    assert.ok(guesses >= mostGuesses(of, 86_400) - 3, `${guesses}`)
  }
})

test('a wait that was waited out is over, and one second before it is not', () => {
  const count = fc.record({
    failures: fc.integer({ min: 0, max: 50 }),
    // Noted by a node whose clock is behind or ahead.
    lastFailureDate: fc.integer({ min: START - 8_000_000, max: START + 8_000_000 }),
  })
  fc.assert(
    fc.property(limits, count, (of, counted) => {
      const wait = waitSeconds(of, counted, START)
      if (wait === 0) return
      assert.equal(waitSeconds(of, counted, START + wait * 1000), 0)
      assert.ok(waitSeconds(of, counted, START + (wait - 1) * 1000) > 0)
    }),
  )
})

test('an hour’s rest does not give the free guesses anew', () => {
  const of = { freeGuesses: 20, longestWaitSeconds: 900 }
  const count = { failures: 31, lastFailureDate: START }
  assert.equal(remembered(of, count, START + 3_600_000), 27)
  assert.equal(remembered(of, count, START + 31 * 900_000), 0)
})
