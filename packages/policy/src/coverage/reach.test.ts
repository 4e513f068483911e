import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MFA_STATES } from '../mfa-states.ts'
import { betterOf, type Grade, gradeIn, inStates, needOf, withGrade, worseOf } from './reach.ts'

/** Every packed reach that there is. */
const ALL = Array.from({ length: 3 ** MFA_STATES.length }, (_, number) =>
  inStates(state => (Math.floor(number / 3 ** state) % 3) as Grade),
)

test('the better and the worse of two reaches are so state by state', () => {
  for (const a of ALL) {
    for (const b of ALL) {
      for (const state of MFA_STATES.keys()) {
        const grades = [gradeIn(a, state), gradeIn(b, state)]
        assert.equal(gradeIn(betterOf(a, b), state), Math.max(...grades))
        assert.equal(gradeIn(worseOf(a, b), state), Math.min(...grades))
      }
    }
  }
})

test('a grade is set in one state alone', () => {
  for (const packed of ALL) {
    for (const state of MFA_STATES.keys()) {
      const set = withGrade(packed, state, 2)
      for (const other of MFA_STATES.keys()) {
        assert.equal(gradeIn(set, other), other === state ? 2 : gradeIn(packed, other))
      }
    }
  }
})

test('what a key or a session without MFA reaches at times does not need MFA', () => {
  for (const packed of ALL) {
    const [key, session, fresh, stale] = MFA_STATES.map((_, state) => gradeIn(packed, state) > 0)
    const expected =
      key || session ? 'withoutMfa' : stale ? 'withMfa' : fresh ? 'withFreshMfa' : 'never'
    assert.equal(needOf(packed), expected)
  }
})
