// Names of security keys, which become part of their serial numbers.
import { AwsError } from '@twinlock/protocol'

/** As virtualMFADeviceName, and short enough for a serial number of 256 characters beside the longest path that people have. */
const DEVICE_NAME = /^[\w+=,.@-]{1,64}$/

/** @throws AwsError ValidationError */
export function checkDeviceName(name: string): void {
  if (DEVICE_NAME.test(name)) return
  throw new AwsError(
    'ValidationError',
    'The device name must have 1 to 64 characters: letters without accents, digits, and + = , . @ _ -',
  )
}
