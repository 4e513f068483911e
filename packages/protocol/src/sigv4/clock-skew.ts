// How far the clock of a signature may be from ours.

import { AwsError } from '../errors.ts'
import { parseTimestamp, printTimestamp } from './timestamp.ts'

const TOLERANCE_MINUTES = 15
const TOLERANCE = TOLERANCE_MINUTES * 60_000

/**
 * Returns if the time is within fifteen minutes of `now`.
 * @throws IncompleteSignature if it is no time, SignatureDoesNotMatch if it is too far
 */
export function checkClockSkew(timestamp: string, now: Date): void {
  const time = parseTimestamp(timestamp)
  if (time === undefined) {
    throw new AwsError(
      'IncompleteSignature',
      `Date must be in ISO-8601 'basic format'. Got '${timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    )
  }
  const current = now.getTime()
  const [earliest, latest] = [current - TOLERANCE, current + TOLERANCE]
  if (time < earliest) {
    const limit = `${printTimestamp(earliest)} (${printTimestamp(current)} - ${TOLERANCE_MINUTES} min.)`
    throw new AwsError(
      'SignatureDoesNotMatch',
      `Signature expired: ${timestamp} is now earlier than ${limit}`,
    )
  }
  if (time > latest) {
    const limit = `${printTimestamp(latest)} (${printTimestamp(current)} + ${TOLERANCE_MINUTES} min.)`
    throw new AwsError(
      'SignatureDoesNotMatch',
      `Signature not yet current: ${timestamp} is still later than ${limit}`,
    )
  }
}
