// Decimals against exact rational arithmetic.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareDecimals, type Decimal, parseDecimal } from './decimal.ts'

function decimal(text: string): Decimal {
  const parsed = parseDecimal(text)
  assert.ok(parsed !== undefined, text)
  return parsed
}

const anyNumber = fc.record({
  whole: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  zeroes: fc.nat({ max: 5 }),
  exponent: fc.integer({ min: -8, max: 8 }),
})

/** whole × 10^exponent, in units of 10^-8 */
const exact = ({ whole, exponent }: { whole: bigint; exponent: number }) =>
  whole * 10n ** BigInt(exponent + 8)

test('numbers compare as their exact values', () => {
  const write = ({
    whole,
    zeroes,
    exponent,
  }: {
    whole: bigint
    zeroes: number
    exponent: number
  }) =>
    `${whole < 0n ? '-' : '+'}${'0'.repeat(zeroes)}${whole < 0n ? -whole : whole}.${'0'.repeat(zeroes)}e${exponent}`
  fc.assert(
    fc.property(anyNumber, anyNumber, (a, b) => {
      const order = exact(a) < exact(b) ? -1 : exact(a) > exact(b) ? 1 : 0
      assert.equal(Math.sign(compareDecimals(decimal(write(a)), decimal(write(b)))), order)
    }),
    { numRuns: 1000 },
  )
})

test('moving the point and the exponent together changes nothing', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: 30 }), (number, places) => {
      const moved = `0.${'0'.repeat(places)}${number}e${places + String(number).length}`
      assert.equal(compareDecimals(decimal(String(number)), decimal(moved)), 0)
    }),
  )
})

test('exponents of any size cost nothing', () => {
  assert.ok(compareDecimals(decimal('1e2147483647'), decimal('1e-2147483647')) > 0)
  assert.equal(parseDecimal('1e2147483648'), undefined)
})
