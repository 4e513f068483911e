import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerpt } from './excerpt.ts'

const at = (line: number, column: number) => ({ line, column })

test('the carets stand below the guilty part', () => {
  const text = 'first\n  "Bool": { }\nlast'
  assert.deepEqual(excerpt(text, { start: at(2, 3), end: at(2, 9) }, 80), [
    '2 |   "Bool": { }',
    '  |   ^^^^^^',
  ])
})

test('what goes on in the next line is marked to the end of its first one', () => {
  assert.deepEqual(excerpt('a {\n}', { start: at(1, 3), end: at(2, 2) }, 80), [
    '1 | a {',
    '  |   ^',
  ])
})

test('of a line that is too long the guilty part is shown, and the carets are below it', () => {
  const text = `${'x'.repeat(500)}GUILTY${'y'.repeat(500)}`
  const [quoted = '', carets = ''] = excerpt(text, { start: at(1, 501), end: at(1, 507) }, 60)
  assert.ok(quoted.length <= 60)
  assert.match(quoted, /^1 \| …x+GUILTYy+…$/)
  assert.equal(quoted.indexOf('GUILTY'), carets.indexOf('^'))
  assert.equal(carets.trim(), `| ${' '.repeat(carets.indexOf('^') - 4)}^^^^^^`)
})

test('a place behind the end of the text has its caret', () => {
  assert.deepEqual(excerpt('{', { start: at(1, 2), end: at(1, 2) }, 80), ['1 | {', '  |  ^'])
})
