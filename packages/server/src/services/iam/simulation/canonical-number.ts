// Decimal numbers as AWS prints them back: exactly, with all their decimal places, in scientific notation where they would
// need zeroes of their own. (`java.math.BigDecimal.toString`, by what was recorded.)
import { parseDecimal } from '@twinlock/policy'

const PARTS = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/

/** The smallest exponent that is still written out. */
const SMALLEST_PLAIN = -6

/** `1.00` for `01.00`, `1E+2` for `1e2`; undefined for what is no number. */
export function canonicalNumber(text: string): string | undefined {
  if (parseDecimal(text) === undefined) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = PARTS.exec(text) ?? []
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '')
  const decimals = fraction.length - Number(exponent)
  const magnitude = digits.length - 1 - decimals
  const printed =
    decimals >= 0 && magnitude >= SMALLEST_PLAIN
      ? withPoint(digits.padStart(decimals + 1, '0'), decimals)
      : scientific(digits, magnitude)
  return sign === '-' && /[1-9]/.test(digits) ? `-${printed}` : printed
}

function withPoint(digits: string, decimals: number): string {
  if (decimals === 0) return digits
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

function scientific(digits: string, magnitude: number): string {
  const mantissa = withPoint(digits, digits.length - 1)
  return `${mantissa}E${magnitude < 0 ? '' : '+'}${magnitude}`
}
