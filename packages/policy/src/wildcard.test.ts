// The linear matcher against the definition of the wildcards, and against patterns that are slow
// for others.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compilePattern, literalPattern, matchesPattern, parsePattern } from './wildcard.ts'
import { matchesBySearch } from './wildcard-search.ts'

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

test('the search finds what the scan finds', () => {
  const manyRuns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', 'aab'), maxLength: 60 })
  const longText = fc.string({ unit: fc.constantFrom('a', 'b', 'aab', 'aaaa'), maxLength: 60 })
  fc.assert(
    fc.property(manyRuns, longText, longText, fc.boolean(), (runs, text, more, fits) => {
      const pattern = parsePattern(`${runs}*`)
      const candidate = fits ? runs.replaceAll('?', 'a').replaceAll('*', text) + more : text
      const [start, end] = [1, candidate.length + 1]
      assert.equal(
        matchesBySearch(pattern, `b${candidate}b`, start, end),
        matchesPattern(pattern, candidate),
      )
      if (fits) assert.ok(matchesPattern(pattern, candidate))
    }),
    { numRuns: 3000 },
  )
})

test('a run of many words is found where it stands', () => {
  for (const length of [1, 31, 32, 33, 64, 65, 100]) {
    const run = Array.from({ length }, (_, at) => (at % 3 === 1 ? '?' : 'ab'[at % 2])).join('')
    const there = run.replaceAll('?', 'c')
    const pattern = parsePattern(`*${run}*`)
    const text = (middle: string) => `${'ab'.repeat(50)}${middle}${'ba'.repeat(50)}`
    assert.equal(matchesBySearch(pattern, text(there), 0, text(there).length), true)
    assert.equal(
      matchesBySearch(parsePattern(`*${run}x*`), text(there), 0, text(there).length),
      false,
    )
  }
})

test('a long run of few pieces is found where it stands, and nowhere else', () => {
  const anyPiece = fc.nat({ max: 3 }).map(shape => ['aab', 'ab', 'a', 'b'][shape] ?? '')
  fc.assert(
    fc.property(
      fc.array(anyPiece, { minLength: 1, maxLength: 2 }),
      fc.constantFrom('', '?', '??'),
      fc.integer({ min: 0, max: 2500 }),
      fc.nat(),
      (units, edge, before, changed) => {
        const run = `${edge}${units.map(unit => unit.repeat(600)).join('?')}?`
        const there = run.replaceAll('?', 'c')
        const pattern = parsePattern(`*${run}*`)
        const text = (middle: string) => 'ab'.repeat(before) + middle + 'ab'.repeat(100)
        const matches = (candidate: string) =>
          matchesBySearch(pattern, candidate, 0, candidate.length)
        assert.ok(matches(text(there)))
        assert.ok(matches(there))
        const at = changed % there.length
        const broken = `${there.slice(0, at)}x${there.slice(at + 1)}`
        assert.equal(matches(broken), run[at] === '?')
        assert.ok(!matches(there.slice(1)))
      },
    ),
    { numRuns: 200 },
  )
})

test('looks at the pattern grow with the text, not with pattern times text', () => {
  for (const [written, text] of [
    [`${'*a'.repeat(500)}*c`, `${'a'.repeat(2000)}b`],
    [`*${'a'.repeat(500)}b`, 'a'.repeat(2000)],
    [`*${'a'.repeat(500)}b*`, 'a'.repeat(2000)],
    [`*${'ab'.repeat(250)}b*c`, 'ab'.repeat(1000)],
    [`${'*?'.repeat(500)}b`, 'a'.repeat(2000)],
    [`*${'?a'.repeat(250)}b*`, 'a'.repeat(2000)],
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
    assert.ok(looks <= 10 * (pattern.length + text.length), `${written}: ${looks} looks`)
    assert.ok(looks > 0)
  }
})

test('memory for a run of many different units grows with the run, not with run times units', () => {
  const length = 16_000
  const different = Array.from({ length }, (_, at) => String.fromCharCode(0x100 + at))
  const run = different.map((unit, at) => (at % 128 === 127 ? '?' : unit)).join('')
  const text = different.join('').slice(1) + different.join('')
  const before = process.memoryUsage().arrayBuffers
  assert.ok(matchesBySearch(parsePattern(`*${run}*`), text, 0, text.length))
  assert.ok(process.memoryUsage().arrayBuffers - before < 100 * length)
})
