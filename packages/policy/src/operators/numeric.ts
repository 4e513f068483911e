// NumericEquals and the four orders: exact decimals. What is no number equals none, so
// NumericNotEquals holds for it.
import { compareDecimals, parseDecimal } from '../decimal.ts'
import { rememberLast } from '../remember-last.ts'
import type { Operator } from './comparison.ts'

const numberOf = rememberLast(parseDecimal)

/**
 * @param accepts asked with the order of the request's number and the policy's: negative, zero or
 *   positive
 */
export function numeric(accepts: (order: number) => boolean): Operator {
  return {
    compile(values) {
      const numbers = values.map(parseDecimal).filter(number => number !== undefined)
      return value => {
        const number = numberOf(value)
        if (number === undefined) return 'noMatch'
        for (const want of numbers) if (accepts(compareDecimals(number, want))) return 'match'
        return 'noMatch'
      }
    },
    isStorable: value => parseDecimal(value) !== undefined,
  }
}
