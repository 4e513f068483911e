// Operators compare a text with the values of variables where it stands; the reference puts the values
// in first. On texts in which much almost matches, both say the same.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parsePolicy } from '../src/index.ts'
import { arnLike } from '../src/operators/arn.ts'
import type { Operator } from '../src/operators/comparison.ts'
import { stringEquals, stringEqualsIgnoreCase, stringLike } from '../src/operators/string.ts'
import { type Answer, findComparison } from '../src/reference/comparisons.ts'
import { compileTemplate } from '../src/template-matcher.ts'
import { parseTemplate } from '../src/variables.ts'
import { conditionKeys } from './vectors.ts'

const OUTCOME = {
  equal: 'match',
  unequal: 'noMatch',
  'incomparable request': 'incomparable',
  'malformed policy': 'malformed',
} as const satisfies Record<Answer, string>

const policy = parsePolicy(
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
  'identity',
)

/** What the operator and the reference say of one value of a request and one of a policy. */
function answers(name: string, operator: Operator, wanted: string, value: string, own: Values) {
  const keys = conditionKeys(own)
  const reference = findComparison(name)?.(value, [wanted], { policy, keys, Effect: 'Allow' })
  assert.ok(reference !== undefined)
  return [operator.compile([wanted], '2012-10-17')(value, keys), OUTCOME[reference]]
}

type Values = Readonly<Record<string, string>>

const VARIABLES = ['${k:a}', '${K:A}', '${k:b}', "${k:none, 'ab'}", '${*}', '${?}'] as const

/** The policy's values, the request's, and those of the variables. */
function anyComparison(units: readonly string[], wanted: readonly string[], maxLength = 12) {
  const texts = fc.string({ unit: fc.constantFrom(...units), maxLength })
  return fc.record({
    wanted: fc.string({ unit: fc.constantFrom(...units, ...wanted, ...VARIABLES), maxLength }),
    value: texts,
    own: fc.record({ 'k:a': texts, 'k:b': texts }),
  })
}

/** Mostly such a text as the policy means. */
const meant = (wanted: string, own: Values, run: string) =>
  wanted
    .replaceAll(/\$\{([^}]*)\}/g, (_, inside: string) =>
      /^[*?]$/.test(inside) ? inside : (own[inside.toLowerCase()] ?? 'ab'),
    )
    .replaceAll('*', run)
    .replaceAll('?', 'a')

const FAMILIES = [
  ['StringLike', stringLike, anyComparison(['a', 'b', 'aab', '*'], ['*', '?', '*?'])],
  ['StringEquals', stringEquals, anyComparison(['a', 'b', '*'], ['*'])],
  [
    'StringEqualsIgnoreCase',
    stringEqualsIgnoreCase,
    anyComparison(
      ['a', 'A', '\u03a3', '\u03c2', '\u0130', '\u212a', 'k', '\ud801', '\udc00', ' '],
      [],
    ),
  ],
  ['ArnLike', arnLike, anyComparison(['a', ':', 'arn', 'arn:', '::'], ['*', '?'])],
] as const

for (const [name, operator, comparisons] of FAMILIES) {
  test(`${name} compares in place as if every value were put in`, () => {
    fc.assert(
      fc.property(comparisons, fc.boolean(), fc.boolean(), ({ wanted, value, own }, fits, arn) => {
        const asArn = name === 'ArnLike' && arn ? `arn:${wanted}` : wanted
        const text = fits ? meant(asArn, own, value) : value
        const [engine, reference] = answers(name, operator, asArn, text, own)
        assert.equal(engine, reference)
      }),
      { numRuns: 5000 },
    )
  })
}

test('long runs of values that almost stand everywhere are found where they do', () => {
  const piece = fc.constantFrom('a', 'aab', 'ab')
  fc.assert(
    fc.property(piece, piece, fc.nat(40), fc.nat(40), fc.nat(90), (one, other, m, n, before) => {
      const own = { 'k:a': one.repeat(m), 'k:b': other.repeat(n) }
      const wanted = '*${k:a}?${k:b}b*${k:b}${k:a}*?'
      const text = `${'aab'.repeat(before)}${meant(wanted, own, one.repeat(before))}`
      for (const value of [text, text.slice(1), text.slice(0, -1), text.replace(/b(?!.*b)/, 'a')]) {
        const [engine, reference] = answers('StringLike', stringLike, wanted, value, own)
        assert.equal(engine, reference)
      }
    }),
    { numRuns: 300 },
  )
})

test('a template matches a part of a text as it matches that part alone', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 })
  fc.assert(
    fc.property(
      anyComparison(['a', 'b'], ['*', '?'], 6),
      texts,
      ({ wanted, value, own }, around) => {
        const matches = compileTemplate(parseTemplate(wanted))
        const keys = conditionKeys(own)
        const [start, end] = [around.length, around.length + value.length]
        assert.equal(matches(around + value + around, keys, start, end), matches(value, keys))
      },
    ),
    { numRuns: 5000 },
  )
})
