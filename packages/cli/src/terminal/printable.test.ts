import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printable, printableInPlace } from './printable.ts'

test('escape sequences and turned writing are shown, not obeyed', () => {
  assert.equal(printable('a\u001b[2Jb\u009b1mc\u202ed'), String.raw`a\u001b[2Jb\u009b1mc\u202ed`)
  assert.equal(printableInPlace('a\u001b[2Jb\u009b1m'), 'a·[2Jb·1m')
})

test('what people write is left alone', () => {
  assert.equal(printable('Zoë’s bucket: “日本” 🔑'), 'Zoë’s bucket: “日本” 🔑')
})
