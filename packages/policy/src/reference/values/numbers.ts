// Numbers of the Numeric operators: exact decimals, so that 9007199254740993 is not
// 9007199254740992.

/** coefficient × 10^exponent. */
export type DecimalNumber = { readonly coefficient: bigint; readonly exponent: bigint }

const NUMBER = /^(?<sign>[+-]?)(?<digits>\d+\.?\d*|\.\d+)(?:[eE](?<exponent>[+-]?\d+))?$/
/** An exponent has 32 bits. */
const LARGEST_EXPONENT = 2n ** 31n - 1n

/** No blanks, no hexadecimal digits, no NaN, no Infinity. */
export function readNumber(text: string): DecimalNumber | undefined {
  const { sign, digits, exponent = '0' } = NUMBER.exec(text)?.groups ?? {}
  if (digits === undefined || magnitude(toInteger(exponent)) > LARGEST_EXPONENT) return undefined
  const [whole = '', fraction = ''] = digits.split('.')
  const coefficient = BigInt(whole + fraction)
  return {
    coefficient: sign === '-' ? -coefficient : coefficient,
    exponent: toInteger(exponent) - BigInt(fraction.length),
  }
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareNumbers(a: DecimalNumber, b: DecimalNumber): number {
  const bySign = order(signOf(a.coefficient), signOf(b.coefficient))
  if (bySign !== 0 || a.coefficient === 0n) return bySign
  const larger = order(orderOfMagnitude(a), orderOfMagnitude(b))
  if (larger !== 0) return a.coefficient > 0n ? larger : -larger
  // Of one order of magnitude: now the exponents differ by no more than the digits are long.
  const exponent = a.exponent < b.exponent ? a.exponent : b.exponent
  return order(scaled(a, exponent), scaled(b, exponent))
}

/** BigInt knows no plus sign. */
function toInteger(text: string): bigint {
  return BigInt(text.startsWith('+') ? text.slice(1) : text)
}

function orderOfMagnitude({ coefficient, exponent }: DecimalNumber): bigint {
  return BigInt(String(magnitude(coefficient)).length) + exponent
}

function scaled({ coefficient, exponent }: DecimalNumber, to: bigint): bigint {
  return coefficient * 10n ** (exponent - to)
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}

function signOf(value: bigint): bigint {
  return value === 0n ? 0n : value < 0n ? -1n : 1n
}

function order(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1
}
