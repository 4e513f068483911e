import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FIRST_PAGE, returnPath } from './return-path.ts'

const ORIGIN = 'http://localhost:6238'

for (const path of [
  '/console',
  '/console/',
  '/console/users/ana?tab=tags#x',
  '/console/policies',
]) {
  test(`${path} is a page to return to`, () => {
    assert.equal(returnPath(path, ORIGIN), path)
  })
}

const HOSTILE = [
  undefined,
  '',
  '/',
  '/signin',
  'console/',
  '//evil.example/console/',
  '///evil.example',
  '\\\\evil.example',
  '/\\evil.example/console',
  '/console\\..\\..\\evil',
  'https://evil.example/console/',
  'http://localhost:6238.evil.example/console/',
  'http://localhost:6238/console/',
  'javascript:alert(1)',
  '/console/../signin',
  '/console/..//evil.example',
  '/console/%2e%2e/signin',
  '/console/%2E%2E%2Fsignin',
  '/console/%252e%252e/signin',
  '/console%2f..%2fsignin',
  '/console/%5cevil.example',
  '/consolewitz',
  '/console@evil.example',
  '/console.evil.example',
  '/console/\t/evil',
  '/console/\n',
  ' /console/',
  '/console/\u0000',
  `/console/${'x'.repeat(2000)}`,
]

for (const path of HOSTILE) {
  test(`${JSON.stringify(path)} leads to the first page`, () => {
    assert.equal(returnPath(path, ORIGIN), FIRST_PAGE)
  })
}

test('whatever is asked for, a browser stays on our origin, under /console', () => {
  const piece = fc.constantFrom(
    '/',
    '\\',
    '..',
    '.',
    '%2e',
    '%2f',
    '@',
    ':',
    '?',
    '#',
    'console',
    'a',
    '%',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const url = new URL(returnPath(`/console${pieces.join('')}`, ORIGIN), ORIGIN)
      assert.equal(url.origin, ORIGIN)
      assert.match(url.pathname, /^\/console(\/|$)/)
    }),
  )
})
