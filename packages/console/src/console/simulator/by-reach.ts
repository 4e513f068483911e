// Answers by what MFA means for the request.
import type { ListFilter } from '../collections/list-search.tsx'
import { hasGap, isAllowed } from './columns.ts'
import type { Answer } from './simulation.ts'

export const BY_REACH: ListFilter<Answer> = {
  label: 'Filter by what MFA means',
  options: [
    { value: 'all', label: 'All decisions', shows: () => true },
    { value: 'without-mfa', label: 'Allowed without MFA', shows: isAllowedWithoutMfa },
    { value: 'with-mfa', label: 'Allowed only with MFA', shows: isAllowedOnlyWithMfa },
    {
      value: 'denied',
      label: 'Denied in every state',
      shows: answer => !isAllowedWithoutMfa(answer) && !isAllowedOnlyWithMfa(answer),
    },
    { value: 'gap', label: 'Key and session differ', shows: hasGap },
  ],
}

function isAllowedWithoutMfa(answer: Answer): boolean {
  return isAllowed(answer, 'longTermKey') || isAllowed(answer, 'noMfaSession')
}

function isAllowedOnlyWithMfa(answer: Answer): boolean {
  const isAllowedWithMfa = isAllowed(answer, 'freshMfa') || isAllowed(answer, 'staleMfa')
  return isAllowedWithMfa && !isAllowedWithoutMfa(answer)
}
