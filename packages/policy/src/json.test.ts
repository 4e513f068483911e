// The parser against JSON.parse, which it must agree with wherever it accepts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Json, JsonSyntaxError, parseJson } from './json.ts'

function valueOf(json: Json): unknown {
  switch (json.kind) {
    case 'object':
      return Object.fromEntries([...json.members].map(([name, value]) => [name, valueOf(value)]))
    case 'array':
      return json.elements.map(valueOf)
    case 'string':
      return json.text
    case 'number':
      return Number(json.text)
    case 'boolean':
      return json.text === 'true'
    case 'null':
      return null
    default:
      return json satisfies never
  }
}

test('a text means what JSON.parse makes of it, blanks or none', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom(0, 1, '\t', ' \r\n'),
      (value, space) => {
        const text = JSON.stringify(value, undefined, space)
        // `__proto__` is an ordinary name to us; Object.fromEntries keeps it one.
        assert.deepEqual(JSON.stringify(valueOf(parseJson(text))), JSON.stringify(JSON.parse(text)))
      },
    ),
    { numRuns: 500 },
  )
})

test('what JSON.parse refuses is refused', () => {
  const nearly = fc.string({
    unit: fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      'u',
      '0',
      '1',
      '.',
      'e',
      '-',
      't',
      'true',
      'null',
      ' ',
      '\n',
    ),
  })
  fc.assert(
    fc.property(nearly, text => {
      try {
        JSON.parse(text)
      } catch {
        assert.throws(() => parseJson(text), JsonSyntaxError)
      }
    }),
    { numRuns: 3000 },
  )
})

test('a value stands where its text is', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 2 })), values => {
      const text = ` [ ${values.map(value => JSON.stringify(value)).join(' , ')} ] `
      const json = parseJson(text)
      assert.ok(json.kind === 'array')
      assert.deepEqual(
        json.elements.map(({ start, end }) => text.slice(start, end)),
        values.map(value => JSON.stringify(value)),
      )
    }),
  )
})

test('a name stands once in an object, however it is escaped', () => {
  assert.throws(() => parseJson('{"a":1,"a":1}'), { offset: 7 })
  assert.throws(() => parseJson('{"a":1,"\\u0061":1}'), { offset: 7 })
  assert.equal(parseJson('{"a":{"a":1}}').kind, 'object')
})
