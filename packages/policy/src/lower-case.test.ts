// What the comparison in place relies on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAscii, lowerAscii, lowerCase } from './lower-case.ts'

const UNITS = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit))
const NEIGHBOURS = ['', 'a', '\u03a3', '\u0307', '\ud801', '\udc00', ' '] as const

test('no unit becomes shorter in lower case, whatever stands beside it', () => {
  for (const beside of NEIGHBOURS) {
    for (const unit of UNITS) {
      assert.ok(lowerCase(unit + beside).length >= unit.length + beside.length)
      assert.ok(lowerCase(beside + unit).length >= unit.length + beside.length)
    }
  }
})

test('a unit of ASCII has one lower case, whatever stands beside it', () => {
  for (const unit of UNITS.filter(one => isAscii(one.charCodeAt(0)))) {
    const lower = String.fromCharCode(lowerAscii(unit.charCodeAt(0)))
    for (const beside of NEIGHBOURS) {
      assert.ok(lowerCase(unit + beside).startsWith(lower))
      assert.ok(lowerCase(beside + unit).endsWith(lower))
    }
  }
})
