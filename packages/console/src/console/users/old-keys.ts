// Access keys that are due to be replaced.
import { daysSince } from '../days.ts'
import type { AccessKey, UserCredentials } from './user-credentials.ts'
import { seen } from './user-credentials.ts'

export const OLD_KEY_DAYS = 90

type Keys = Pick<UserCredentials, 'accessKeys'>

/** The oldest key that can be used; undefined: there is none, or it may not be seen. */
export function oldestActiveKey({ accessKeys }: Keys): AccessKey | undefined {
  return seen(accessKeys)
    ?.filter(({ isActive }) => isActive)
    .sort((a, b) => a.createDate.getTime() - b.createDate.getTime())[0]
}

/** Whether a key that can be used is older. */
export function hasOldKey(user: Keys, days = OLD_KEY_DAYS): boolean {
  const made = oldestActiveKey(user)?.createDate
  return made !== undefined && daysSince(made, new Date()) > days
}
