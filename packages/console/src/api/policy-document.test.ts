import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeDocument, laidOut } from './policy-document.ts'

test('a document comes URL-encoded, and is read as it was written', () => {
  const text = '{\n  "Statement": "100%"\n}'
  assert.equal(decodeDocument(encodeURIComponent(text)), text)
  assert.equal(decodeDocument(text), text)
  assert.equal(decodeDocument(undefined), '')
})

test('one line is laid out, and what an author has laid out is left alone', () => {
  assert.equal(laidOut('{"a":1}'), '{\n  "a": 1\n}')
  assert.equal(laidOut('{ "a":\n 1 }'), '{ "a":\n 1 }')
  assert.equal(laidOut('{"a":'), '{"a":')
})
