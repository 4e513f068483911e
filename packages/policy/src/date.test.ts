// Dates against the platform's own, in the years that both know.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareDates, type Instant, parseDate } from './date.ts'

const anyDate = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
})

test('an ISO 8601 date is its millisecond', () => {
  fc.assert(
    fc.property(anyDate, date => {
      assert.equal(parseDate(date.toISOString()), date.getTime())
      assert.equal(
        parseDate(date.toISOString().slice(0, 10)),
        Math.floor(date.getTime() / 86_400_000) * 86_400_000,
      )
    }),
    { numRuns: 500 },
  )
})

test('an offset is taken off', () => {
  fc.assert(
    fc.property(
      anyDate,
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      (date, hours, minutes) => {
        const [h, m] = [hours, minutes].map(part => String(part).padStart(2, '0'))
        const local = date.toISOString().replace('Z', '')
        const offset = (hours * 60 + minutes) * 60_000
        assert.equal(parseDate(`${local}+${h}:${m}`), date.getTime() - offset)
        assert.equal(parseDate(`${local}-${h}${m}`), date.getTime() + offset)
      },
    ),
  )
})

test('digits alone are seconds since the epoch', () => {
  fc.assert(
    fc.property(fc.nat(), seconds => {
      assert.equal(parseDate(String(seconds)), seconds * 1000)
    }),
  )
})

test('the years end where they end in IAM', () => {
  assert.ok(parseDate('-292275054') !== undefined && parseDate('292278993-12-31') !== undefined)
  assert.equal(parseDate('-292275055'), undefined)
  assert.equal(parseDate('292278994-01-01'), undefined)
})

test('far from today, milliseconds and seconds still differ', () => {
  const order = (a: string, b: string) => {
    const [left, right] = [parseDate(a), parseDate(b)] as [Instant, Instant]
    return compareDates(left, right)
  }
  assert.equal(order('292278993-12-31T23:59:59.998Z', '292278993-12-31T23:59:59.999Z'), -1)
  assert.equal(order('9223372036854775807', '9223372036854775806'), 1)
  assert.equal(order('-292275054', '1893456000'), -1)
  assert.equal(order('000000000000000000000000000000001893456000', '2030-01-01'), 0)
})
