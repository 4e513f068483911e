// Which users the list shows; its address says so, for links of the dashboard.
import { ALL_MFA_KINDS, MFA_KINDS } from '../../mfa/mfa-kinds.ts'
import type { FilterGroup, FilterOption, ListFilter } from '../collections/list-search.tsx'
import { hasMfa, hasNoMfa, isMfaOverdue } from './user-mfa.ts'
import { OLD_KEY_DAYS, hasOldKey, oldestActiveKey } from './old-keys.ts'
import type { UserCredentials } from './user-credentials.ts'
import { seen } from './user-credentials.ts'

const USERS_BY_MFA: FilterGroup<UserCredentials> = {
  label: 'MFA',
  options: [
    { value: 'no-mfa', label: 'Without MFA', shows: hasNoMfa },
    { value: 'overdue', label: 'MFA overdue', shows: isMfaOverdue },
    { value: 'mfa', label: 'With MFA', shows: hasMfa },
    ...ALL_MFA_KINDS.map(kind => ({
      value: kind,
      label: `With ${startLow(MFA_KINDS[kind].label)}`,
      shows: ({ devices }: UserCredentials) =>
        seen(devices)?.some(({ Method }) => Method === kind) === true,
    })),
  ],
}

const USERS_BY_KEYS: FilterGroup<UserCredentials> = {
  label: 'Access keys',
  options: [
    keysOlderThan('old-keys', OLD_KEY_DAYS),
    keysOlderThan('very-old-keys', 365),
    {
      value: 'active-keys',
      label: 'With an active key',
      shows: user => oldestActiveKey(user) !== undefined,
    },
  ],
}

export const USER_FILTER: ListFilter<UserCredentials> = {
  label: 'Show',
  options: [{ value: 'all', label: 'All users', shows: () => true }, USERS_BY_MFA, USERS_BY_KEYS],
}

function keysOlderThan(value: string, days: number): FilterOption<UserCredentials> {
  return { value, label: `With a key over ${days} days old`, shows: user => hasOldKey(user, days) }
}

function startLow(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
