import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { equalInConstantTime } from './constant-time.ts'

test('texts are equal when they are the same, and only then', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      assert.equal(equalInConstantTime(a, b), a === b)
      assert.ok(equalInConstantTime(a, a))
    }),
  )
})

test('texts of different length are compared without an exception', () => {
  assert.equal(equalInConstantTime('123456', '1234567'), false)
  assert.equal(equalInConstantTime('é', 'e'), false)
})
