// JSON bodies: which texts are taken, and which no store could keep.
import assert from 'node:assert/strict'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { readJson } from './json-body.ts'

const read = (text: string) =>
  readJson(
    new IncomingMessage(new Socket()),
    text.length,
    () => Promise.resolve(Buffer.from(text)),
    '-',
  )

const MALFORMED = { code: 'MalformedInput', message: 'The body is not a JSON object.' }

test('a text with a NUL is refused, wherever it stands and however it is written', async () => {
  for (const body of [
    '{"a":"\\u0000"}',
    '{"a":"\\\\\\u0000"}',
    '{"a\\u0000":1}',
    '{"a":[{"b":"c\\u0000"}]}',
    '{"a":"\0"}',
  ]) {
    await assert.rejects(read(body), MALFORMED, body)
  }
})

test('a backslash before u0000 is a text like others', async () => {
  for (const text of [String.raw`\u0000`, String.raw`pass\\u0000word`]) {
    assert.deepEqual(await read(JSON.stringify({ text })), { text })
  }
})

test('an object is taken just when none of its texts has a NUL', async () => {
  const text = fc.string({ unit: fc.constantFrom('\\', '"', 'u', '0', 'u0000', '\0', 'é') })
  await fc.assert(
    fc.asyncProperty(fc.dictionary(text, text), async object => {
      const body = JSON.stringify(object)
      const hasNul = [...Object.keys(object), ...Object.values(object)].join('').includes('\0')
      if (hasNul) await assert.rejects(read(body), MALFORMED)
      else assert.deepEqual(await read(body), JSON.parse(body))
    }),
  )
})

test('a body of backslashes is read in linear time', async () => {
  const text = '\\'.repeat(1_000_000)
  assert.deepEqual(await read(JSON.stringify({ text })), { text })
})
