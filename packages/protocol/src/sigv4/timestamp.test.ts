// Times of Signature Version 4.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseTimestamp, printTimestamp } from './timestamp.ts'

const second = fc
  .date({
    min: new Date('0100-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  })
  .map(date => Math.floor(date.getTime() / 1000) * 1000)

test('parsing undoes printing', () => {
  fc.assert(fc.property(second, time => assert.equal(parseTimestamp(printTimestamp(time)), time)))
})

test('what is printed is what was parsed, and nothing else is parsed', () => {
  const digits = fc.stringMatching(/^20[0-3]\d[01]\d[0-3]\dT[0-2]\d[0-6]\d[0-6]\dZ$/)
  fc.assert(
    fc.property(digits, text => {
      const time = parseTimestamp(text)
      if (time !== undefined) return assert.equal(printTimestamp(time), text)
      const extended = text.replace(/^(....)(..)(..T..)(..)(...)$/, '$1-$2-$3:$4:$5')
      const read = new Date(extended)
      assert.ok(Number.isNaN(read.getTime()) || printTimestamp(read.getTime()) !== text)
    }),
  )
})

for (const text of [
  '',
  '20260102T030405',
  '2026-01-02T03:04:05Z',
  '20260102T030405Z\n',
  '00990102T030405Z',
]) {
  test(`'${JSON.stringify(text)}' is no time`, () => assert.equal(parseTimestamp(text), undefined))
}
