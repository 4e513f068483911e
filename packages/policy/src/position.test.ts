// Positions against counting line by line.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { positionsIn } from './position.ts'

test('the line is the number of line ends before, the column what follows the last of them', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r') }), fc.nat(), (text, at) => {
      const offset = at % (text.length + 1)
      const before = text.slice(0, offset)
      // A carriage return whose line feed comes next has not ended the line yet.
      const ended = text[offset] === '\n' ? before.replace(/\r$/, 'a') : before
      const lines = ended.split(/\r\n?|\n/)
      assert.deepEqual(positionsIn(text)(offset), {
        line: lines.length,
        column: (lines.at(-1) ?? '').length + 1,
      })
    }),
    { numRuns: 500 },
  )
})
