// Positions against counting line by line.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { positionsIn } from './position.ts'

test('the line is the number of line feeds before, the column what follows the last of them', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r') }), fc.nat(), (text, at) => {
      const offset = at % (text.length + 1)
      const lines = text.slice(0, offset).split('\n')
      assert.deepEqual(positionsIn(text)(offset), {
        line: lines.length,
        column: (lines.at(-1) ?? '').length + 1,
      })
    }),
    { numRuns: 500 },
  )
})
