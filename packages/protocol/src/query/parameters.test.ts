// Parameters from query strings and form bodies.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { WireRequest } from '../wire-request.ts'
import { parsePairs, readParameters } from './parameters.ts'

function post(body: string, parts: Partial<WireRequest> = {}): WireRequest {
  return { method: 'POST', path: '/', query: '', headers: {}, body: Buffer.from(body), ...parts }
}

test('parsing undoes what URLSearchParams prints', () => {
  const pairs = fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' })))
  fc.assert(
    fc.property(pairs, expected => {
      assert.deepEqual(parsePairs(new URLSearchParams(expected).toString()), expected)
    }),
  )
})

for (const { text, pairs } of [
  { text: '', pairs: [] },
  { text: '&&', pairs: [] },
  { text: 'a', pairs: [['a', '']] },
  { text: 'a=', pairs: [['a', '']] },
  { text: '=a', pairs: [['', 'a']] },
  {
    text: 'a=b=c&d=+%20%2B',
    pairs: [
      ['a', 'b=c'],
      ['d', '  +'],
    ],
  },
  { text: 'a=%C3%A9é', pairs: [['a', 'éé']] },
  { text: 'a=%ff+b', pairs: [['a', '\ufffd b']] },
] as const) {
  test(`the pairs of '${text}'`, () => assert.deepEqual(parsePairs(text), pairs))
}

test('the query string comes before the body, and of a name that is there twice the first value counts', () => {
  const parameters = readParameters(post('b=2&a=2&b=3', { query: 'a=1' }))
  assert.deepEqual(
    [...parameters],
    [
      ['a', '1'],
      ['b', '2'],
    ],
  )
})

test('a body of another type than a form has no parameters', () => {
  const json = { 'content-type': 'application/x-amz-json-1.1' }
  const form = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=utf-8' }
  assert.equal(readParameters(post('a=1', { headers: json })).size, 0)
  assert.equal(readParameters(post('a=1', { headers: form })).size, 1)
})

test('a broken escape is told as AWS tells it', () => {
  for (const { text, message } of [
    { text: 'a=%', message: 'Incomplete trailing escape % sequence' },
    { text: 'a=%4&b', message: 'Incomplete trailing escape % sequence' },
    { text: '%GG=1', message: 'Illegal hex character in escape % pattern: %GG' },
  ]) {
    assert.throws(() => parsePairs(text), { code: 'MalformedQueryString', message })
  }
})

test('a null character is in no parameter', () => {
  const body = Buffer.alloc(0)
  for (const query of ['Action=%00', 'a%00b=c']) {
    assert.throws(() => readParameters({ method: 'GET', path: '/', query, headers: {}, body }), {
      code: 'MalformedInput',
    })
  }
})

test('more parameters than any request needs are too many', () => {
  assert.equal(parsePairs('a&'.repeat(10_000)).length, 10_000)
  assert.throws(() => parsePairs('a&'.repeat(10_001)), { code: 'MalformedQueryString' })
})

test('bytes that are no UTF-8 become U+FFFD', () => {
  assert.deepEqual(parsePairs('a=x%ff%C3%A4y%e2%82'), [['a', 'x\uFFFDäy\uFFFD']])
})
