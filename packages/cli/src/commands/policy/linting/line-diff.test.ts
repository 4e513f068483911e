import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lineDiff } from './line-diff.ts'

test('a changed line stands between the lines around it', () => {
  assert.deepEqual(lineDiff('a\nb\nc\nd\ne', 'a\nb\nX\nd\ne'), ['  b', '- c', '+ X', '  d'])
})

test('what lies between two changes is left out, and the gap is shown', () => {
  assert.deepEqual(lineDiff('1\n2\n3\n4\n5\n6\n7', 'x\n2\n3\n4\n5\n6\ny'), [
    '- 1',
    '+ x',
    '  2',
    '  …',
    '  6',
    '- 7',
    '+ y',
  ])
})

test('equal texts have no difference', () => {
  assert.deepEqual(lineDiff('a\nb', 'a\nb'), [])
})

test('the lines with a blank or a minus are of the old text, those with a blank or a plus of the new one', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 })
    .map(lines => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = lineDiff(before, after)
      for (const [sign, whole] of [
        ['-', before],
        ['+', after],
      ] as const) {
        const shown = diff.filter(line => line.startsWith(sign)).map(line => line.slice(2))
        const rest = whole.split('\n')
        for (const line of shown) {
          const at = rest.indexOf(line)
          assert.notEqual(at, -1)
          rest.splice(0, at + 1)
        }
      }
      const count = (sign: string) => diff.filter(line => line.startsWith(sign)).length
      const lines = (whole: string) => whole.split('\n').length
      assert.equal(lines(before) - count('-'), lines(after) - count('+'))
      assert.equal(diff.length === 0, before === after)
    }),
  )
})
