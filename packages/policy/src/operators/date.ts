// DateEquals and the four orders, in milliseconds. What is no date equals none, so DateNotEquals
// holds for it.
import { parseDate } from '../date.ts'
import { type Operator, outcome } from './comparison.ts'

/** @param accepts asked with the request's time minus the policy's */
export function date(accepts: (order: number) => boolean): Operator {
  return {
    compile(values) {
      const dates = values.map(parseDate).filter(time => time !== undefined)
      return value => {
        const time = parseDate(value)
        return outcome(time !== undefined && dates.some(want => accepts(time - want)))
      }
    },
    isStorable: value => parseDate(value) !== undefined,
  }
}
