import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lineDiff } from './line-diff.ts'

const SIGNS = { kept: ' ', removed: '-', added: '+' } as const

const shown = (before: string, after: string) =>
  lineDiff(before, after).map(({ change, text }) => SIGNS[change] + text)

test('what is gone comes before what is new, and the rest stays', () => {
  assert.deepEqual(shown('{\n  a\n  b\n}', '{\n  a\n  c\n}'), [' {', '   a', '-  b', '+  c', ' }'])
})

const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })

test('without what was added it is the text before, without what was removed the text after', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const diff = lineDiff(before.join('\n'), after.join('\n'))
      const textOf = (without: string) =>
        diff.filter(({ change }) => change !== without).map(({ text }) => text)
      assert.deepEqual(textOf('added'), before)
      assert.deepEqual(textOf('removed'), after)
      const numbers = diff.flatMap(line => line.after ?? [])
      assert.deepEqual(
        numbers,
        after.map((_, index) => index + 1),
      )
    }),
  )
})

test('equal texts have no changes', () => {
  fc.assert(
    fc.property(lines, text => {
      const diff = lineDiff(text.join('\n'), text.join('\n'))
      assert.ok(diff.every(({ change }) => change === 'kept'))
    }),
  )
})
