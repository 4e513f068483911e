// The linear matcher against the definition of the wildcards, and against patterns that are slow
// for others.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compilePattern, literalPattern, matchesPattern, parsePattern } from './wildcard.ts'

/** What `*` and `?` mean, as directly as it can be said. */
function means(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern.startsWith('*')) {
    return means(pattern.slice(1), text) || (text !== '' && means(pattern, text.slice(1)))
  }
  return (
    text !== '' &&
    (pattern[0] === '?' || pattern[0] === text[0]) &&
    means(pattern.slice(1), text.slice(1))
  )
}

const anyPattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 })
const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 10 })

test('a pattern matches what its wildcards mean', () => {
  fc.assert(
    fc.property(anyPattern, anyText, (pattern, text) => {
      assert.equal(matchesPattern(parsePattern(pattern), text), means(pattern, text))
      assert.equal(compilePattern(pattern)(text), means(pattern, text))
    }),
    { numRuns: 3000 },
  )
})

test('a pattern matches a part of a text as it matches that part alone', () => {
  fc.assert(
    fc.property(anyPattern, anyText, anyText, anyText, (pattern, before, text, after) => {
      assert.equal(
        matchesPattern(
          parsePattern(pattern),
          before + text + after,
          before.length,
          before.length + text.length,
        ),
        means(pattern, text),
      )
    }),
    { numRuns: 1000 },
  )
})

test('a literal pattern matches itself only', () => {
  fc.assert(
    fc.property(anyPattern, anyText, (literal, text) => {
      assert.equal(matchesPattern(literalPattern(literal), text), literal === text)
    }),
  )
})

test('time grows with pattern times text at worst, whatever the pattern', () => {
  for (const [written, text] of [
    [`${'*a'.repeat(500)}*c`, `${'a'.repeat(2000)}b`],
    [`*${'a'.repeat(100)}b`, 'a'.repeat(2000)],
    [`${'*?'.repeat(500)}b`, 'a'.repeat(2000)],
  ] as const) {
    const pattern = parsePattern(written)
    let looks = 0
    const counted = new Proxy(pattern, {
      get(target, property, receiver): unknown {
        looks++
        return Reflect.get(target, property, receiver)
      },
    })
    assert.equal(matchesPattern(counted, text), false)
    assert.ok(looks <= 3 * pattern.length * text.length, `${looks} looks`)
    assert.ok(looks > 0)
  }
})
