// NumericEquals and the four orders: exact decimals. What is no number equals none, so
// NumericNotEquals holds for it.
import { compareDecimals, type Decimal, parseDecimal } from '../decimal.ts'
import { type Operator, outcome } from './comparison.ts'

/**
 * @param accepts asked with the order of the request's number and the policy's: negative, zero or
 *   positive
 */
export function numeric(accepts: (order: number) => boolean): Operator {
  return {
    compile(values) {
      const numbers = values.map(parseDecimal).filter(number => number !== undefined)
      return value => {
        const number = parseDecimal(value)
        return outcome(number !== undefined && someInOrder(number, numbers, accepts))
      }
    },
    isStorable: value => parseDecimal(value) !== undefined,
  }
}

function someInOrder(
  number: Decimal,
  wanted: readonly Decimal[],
  accepts: (order: number) => boolean,
): boolean {
  return wanted.some(want => accepts(compareDecimals(number, want)))
}
