import assert from 'node:assert/strict'
import { test } from 'node:test'
import { age, ago, dateAndTime } from './time-words.ts'

const AT = new Date('2026-11-22T06:05:00Z')

test('a date names its time zone', () => {
  assert.equal(dateAndTime(AT, 'UTC'), 'November 22, 2026, 06:05 (UTC)')
  assert.equal(dateAndTime(AT, 'Europe/Berlin'), 'November 22, 2026, 07:05 (UTC+01:00)')
  assert.equal(dateAndTime(AT, 'America/New_York'), 'November 22, 2026, 01:05 (UTC-05:00)')
})

test('midnight is the hour 00', () => {
  assert.equal(
    dateAndTime(new Date('2030-02-01T00:00:00Z'), 'UTC'),
    'February 1, 2030, 00:00 (UTC)',
  )
})

for (const [then, words] of [
  ['2026-11-22T06:04:30Z', '30 seconds ago'],
  ['2026-11-22T04:05:00Z', '2 hours ago'],
  ['2026-11-20T06:05:00Z', '2 days ago'],
  ['2026-11-23T06:05:00Z', 'tomorrow'],
  ['2026-10-13T06:05:00Z', '40 days ago'],
  ['2026-08-25T06:05:00Z', '89 days ago'],
  ['2026-08-24T06:05:00Z', '3 months ago'],
  ['2025-11-01T06:05:00Z', '12 months ago'],
  ['2024-11-01T06:05:00Z', '2 years ago'],
] as const) {
  test(`${then} is ${words}`, () => assert.equal(ago(new Date(then), AT), words))
}

for (const [then, words] of [
  ['2026-11-22T05:05:00Z', '1 hour'],
  ['2026-11-21T06:05:00Z', '1 day'],
  ['2026-08-25T06:05:00Z', '89 days'],
  ['2026-07-22T06:05:00Z', '4 months'],
] as const) {
  test(`since ${then} it is ${words}`, () => assert.equal(age(new Date(then), AT), words))
}
