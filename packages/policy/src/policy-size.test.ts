// What counts against the size quotas.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { policySize } from './index.ts'

test('white space between tokens does not count', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom(1, '\t', ' \r\n'),
      (value, space) => {
        assert.equal(
          policySize(JSON.stringify(value, undefined, space)),
          JSON.stringify(value).length,
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('white space inside a string counts, after an escaped quote too', () => {
  assert.equal(policySize('{ "a b" : "c \\" d" }'), '{"a b":"c \\" d"}'.length)
  assert.equal(policySize('{ "a\\\\" : " " }'), '{"a\\\\":" "}'.length)
})

test('a document that breaks off is counted to its end', () => {
  assert.equal(policySize('{ "a\\'), 4)
})
