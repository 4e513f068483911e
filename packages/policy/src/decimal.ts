// Exact decimal numbers of any size, as the Numeric operators compare them: 9007199254740993 is not
// 9007199254740992. Grammar as AWS reads it: sign, digits, point, exponent; no NaN, Infinity, hex
// or blanks.

/** Plain integers up to fifteen digits are themselves; all else is 0.DIGITS × 10^magnitude. */
export type Decimal =
  | number
  | { readonly negative: boolean; readonly digits: string; readonly magnitude: number }

const PLAIN = /^\d{1,15}$/
const DECIMAL = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/
/** Beyond 32 bits no number is meant; the bound keeps the magnitude exact. */
const LARGEST_EXPONENT = 2 ** 31 - 1

/** The number that `text` is, or undefined when it is none. */
export function parseDecimal(text: string): Decimal | undefined {
  if (PLAIN.test(text)) return Number(text)
  const parts = DECIMAL.exec(text)
  if (parts === null) return undefined
  const [, sign, whole = '', fraction = parts[4] ?? '', , exponentText = '0'] = parts
  const exponent = Number(exponentText)
  if (Math.abs(exponent) > LARGEST_EXPONENT) return undefined
  return normalized(sign === '-', whole + fraction, whole.length + exponent)
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0
  const left = typeof a === 'number' ? normalized(false, String(a), String(a).length) : a
  const right = typeof b === 'number' ? normalized(false, String(b), String(b).length) : b
  if (left.negative !== right.negative) return left.negative ? -1 : 1
  return left.negative ? compareSizes(right, left) : compareSizes(left, right)
}

type Scientific = Exclude<Decimal, number>

/**
 * Without zeroes at either end, so that equal numbers have equal parts; zero has no digits and no
 * sign.
 */
function normalized(negative: boolean, digits: string, magnitude: number): Scientific {
  const leading = digits.search(/[1-9]/)
  if (leading === -1) return { negative: false, digits: '', magnitude: 0 }
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return { negative, digits: digits.slice(leading, end), magnitude: magnitude - leading }
}

function compareSizes(a: Scientific, b: Scientific): number {
  if (a.digits === '' || b.digits === '') return a.digits.length - b.digits.length
  if (a.magnitude !== b.magnitude) return a.magnitude - b.magnitude
  if (a.digits === b.digits) return 0
  return a.digits < b.digits ? -1 : 1
}
