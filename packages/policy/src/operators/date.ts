// DateEquals and the four orders, in milliseconds. What is no date equals none, so DateNotEquals
// holds for it.
import { compareDates, type Instant, parseDate } from '../date.ts'
import { rememberLast } from '../remember-last.ts'
import { type Operator, outcome } from './comparison.ts'

const dateOf = rememberLast(parseDate)

/**
 * @param accepts asked with the order of the request's time and the policy's: negative, zero or
 *   positive
 */
export function date(accepts: (order: number) => boolean): Operator {
  return {
    compile(values) {
      const dates = values.map(parseDate).filter(time => time !== undefined)
      // Milliseconds are too large for the engine's small integers: comparing them makes objects.
      const outcomeAt = rememberLast((time: Instant) =>
        outcome(dates.some(want => accepts(compareDates(time, want)))),
      )
      return value => {
        const time = dateOf(value)
        return time === undefined ? 'noMatch' : outcomeAt(time)
      }
    },
    isStorable: value => parseDate(value) !== undefined,
  }
}
