// Paths: `/`, or segments between slashes, by which users, groups, roles and devices are grouped and which their ARNs repeat.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-friendly-names
import { AwsError } from '@twinlock/protocol'

const PATH = /^\/(?:[\x21-\x7e]+\/)?$/

/**
 * Refuses a path as IAM does: in words of its own (recorded 2026), where of its length the constraint speaks.
 * @throws AwsError ValidationError
 */
export function checkPath(path: string | undefined, member = 'path'): void {
  if (path === undefined || PATH.test(path)) return
  throw new AwsError(
    'ValidationError',
    `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`,
  )
}

/** Sorts after all that begins with `prefix`: names and paths have no character above U+007E. */
export const endOfPrefix = (prefix: string) => `${prefix}\u007f`
