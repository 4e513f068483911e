// Sets of ARNs against the pattern matcher that decides requests.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { matchesPattern, parsePattern } from '../wildcard.ts'
import { type ArnSet, arnSet, coversMeeting, mayMeet } from './arn-set.ts'

const setOf = (last: string): ArnSet => arnSet(`arn:aws:s3:::${last}`) ?? assert.fail()

const matches = (pattern: string, text: string) => matchesPattern(parsePattern(pattern), text)

const anyPattern = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 5 })
const anyText = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 5 })

test('a set that covers another matches whatever the other does', () => {
  let covered = 0
  fc.assert(
    fc.property(
      anyPattern,
      anyPattern,
      fc.array(anyText, { minLength: 20, maxLength: 20 }),
      (outer, inner, texts) => {
        if (!coversMeeting(setOf(outer), [setOf(inner)])) return
        covered++
        for (const text of texts) assert.ok(!matches(inner, text) || matches(outer, text), text)
      },
    ),
    { numRuns: 5000 },
  )
  assert.ok(covered > 100)
})

test('two sets that match one text may meet', () => {
  fc.assert(
    fc.property(anyPattern, anyPattern, anyText, (one, other, text) => {
      if (!matches(one, text) || !matches(other, text)) return
      assert.ok(mayMeet(setOf(one), setOf(other)))
    }),
    { numRuns: 5000 },
  )
})

for (const [outer, inner, covers, meets] of [
  ['*', 'a*', true, true],
  ['a*', '*', false, true],
  ['a*', 'ab/*', true, true],
  ['a?', 'a*', false, true],
  ['a?', 'ab', true, true],
  ['a', 'b', false, false],
  ['user/*', 'role/*', false, false],
  ['*/x', '*/y', false, false],
  ['a*z', 'abcz', true, true],
] as const) {
  test(`${outer} ${covers ? 'covers' : 'does not cover'} ${inner}, and they ${meets ? 'may' : 'cannot'} meet`, () => {
    assert.equal(coversMeeting(setOf(outer), [setOf(inner)]), covers)
    assert.equal(mayMeet(setOf(outer), setOf(inner)), meets)
    assert.equal(mayMeet(setOf(inner), setOf(outer)), meets)
  })
}

test('the meeting of sets is covered where, segment by segment, one of them is narrow enough', () => {
  const set = (text: string) => arnSet(text) ?? assert.fail()
  const outer = set('arn:aws:sqs:us-east-1:123456789012:*')
  const region = set('arn:aws:sqs:us-east-1:*:*')
  const account = set('arn:aws:sqs:*:123456789012:*')
  assert.ok(!coversMeeting(outer, [region]))
  assert.ok(!coversMeeting(outer, [account]))
  assert.ok(coversMeeting(outer, [region, account]))
})
