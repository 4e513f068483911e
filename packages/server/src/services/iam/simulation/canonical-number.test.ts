import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDecimal } from '@twinlock/policy'
import fc from 'fast-check'
import { canonicalNumber } from './canonical-number.ts'

// The first as AWS was observed; the others as the documentation of java.math.BigDecimal.toString has them.
const PRINTED = {
  '01.00': '1.00',
  '+1': '1',
  '-0': '0',
  '-7': '-7',
  '1.': '1',
  '.5': '0.5',
  '0.00': '0.00',
  '1e0': '1',
  '123e1': '1.23E+3',
  '123e3': '1.23E+5',
  '123e-1': '12.3',
  '123e-5': '0.00123',
  '123e-10': '1.23E-8',
  '-123e-12': '-1.23E-10',
  '1e9999': '1E+9999',
}

for (const [text, printed] of Object.entries(PRINTED)) {
  test(`${text} is printed as ${printed}`, () => assert.equal(canonicalNumber(text), printed))
}

test('what is no number has no canonical form', () => {
  for (const text of ['', 'abc', '0x10', ' 1 ', 'NaN', 'Infinity', '.', '1e']) {
    assert.equal(canonicalNumber(text), undefined)
  }
})

test('the canonical form is the same number, and its own canonical form', () => {
  const number = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: -30, max: 30 }))
    .map(([unscaled, exponent]) => `${unscaled}e${exponent}`)
  fc.assert(
    fc.property(number, text => {
      const printed = canonicalNumber(text) ?? ''
      assert.deepEqual(scientific(printed), scientific(text))
      assert.equal(canonicalNumber(printed), printed)
    }),
  )
})

/** Short integers are parsed in a form of their own: an exponent keeps them out of it. */
const scientific = (text: string) =>
  parseDecimal(text.includes('E') ? text : `${text}E0`.replace(/e(.*)E0$/, 'e$1'))
