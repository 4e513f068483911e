// BinaryEquals: bytes in base64. Only the canonical text of the bytes counts, on both sides.
import { isCanonicalBase64 } from '../base64.ts'
import { type Operator, outcome } from './comparison.ts'

export const binaryEquals: Operator = {
  compile(values) {
    const wanted = new Set(values.filter(isCanonicalBase64))
    return value => outcome(wanted.has(value))
  },
  isStorable: isCanonicalBase64,
}
