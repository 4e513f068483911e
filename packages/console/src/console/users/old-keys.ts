// Access keys that are due to be replaced.
import { daysSince } from '../days.ts'
import type { UserCredentials } from './user-credentials.ts'
import { oldestActiveKey } from './user-credentials.ts'

export const OLD_KEY_DAYS = 90

/** Whether a key that can be used is older. */
export function hasOldKey(credentials: UserCredentials): boolean {
  const made = oldestActiveKey(credentials)?.CreateDate
  return made !== undefined && daysSince(made) > OLD_KEY_DAYS
}
