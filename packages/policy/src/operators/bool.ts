// Bool: `true` in any letter case is true and everything else is false, on both sides.
import { type Operator, outcome } from './comparison.ts'

export const bool: Operator = {
  compile(values) {
    const wanted = new Set(values.map(parseBool))
    return value => outcome(wanted.has(parseBool(value)))
  },
}

/** What a text means to Bool and Null. No text of another length becomes `true` in lower case. */
export function parseBool(text: string): boolean {
  return text === 'true' || (text.length === 4 && text.toLowerCase() === 'true')
}
