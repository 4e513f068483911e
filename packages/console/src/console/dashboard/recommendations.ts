// What is good and what is wrong about the account's safety, worst first.
import { counted } from '../counted.ts'
import { links } from '../links.ts'
import { hasNoMfa, isMfaOverdue } from '../users/user-mfa.ts'
import { OLD_KEY_DAYS, hasOldKey } from '../users/old-keys.ts'
import type { UserCredentials } from '../users/user-credentials.ts'

export type Recommendation = {
  readonly isMet: boolean
  readonly title: string
  readonly why: string
  /** Where it can be mended. */
  readonly to?: string
  readonly action?: string
}

/** What is not known yet is undefined, and nothing is said of it. */
type Facts = {
  readonly summary: Partial<Readonly<Record<string, number>>> | undefined
  /** All users. */
  readonly users: readonly UserCredentials[] | undefined
  /** Whether root asks, who alone can mend what is root's. */
  readonly isRoot: boolean
}

export function recommendationsFor({
  summary,
  users = [],
  isRoot,
}: Facts): readonly Recommendation[] {
  return [...aboutRoot(summary, isRoot), ...aboutMfa(users), ...aboutKeys(users)].sort(
    (a, b) => Number(a.isMet) - Number(b.isMet),
  )
}

function aboutRoot(summary: Facts['summary'], isRoot: boolean): readonly Recommendation[] {
  if (summary === undefined) return []
  const own = isRoot ? { to: links.securityCredentials, action: 'Go to security credentials' } : {}
  const hasMfa = summary['AccountMFAEnabled'] === 1
  const hasKeys = summary['AccountAccessKeysPresent'] === 1
  return [
    {
      isMet: hasMfa,
      title: hasMfa ? 'Root user has MFA' : 'Add MFA for root user',
      why: 'The root user may do everything: a password alone is too little.',
      ...own,
    },
    {
      isMet: !hasKeys,
      title: hasKeys ? 'Root user has active access keys' : 'Root user has no active access keys',
      why: 'An access key of root is a password that never asks for MFA. Use keys of users or roles instead.',
      ...own,
    },
  ]
}

function aboutMfa(users: readonly UserCredentials[]): readonly Recommendation[] {
  const overdue = users.filter(isMfaOverdue).length
  const without = users.filter(hasNoMfa).length
  return [
    ...(overdue > 0
      ? [
          {
            isMet: false,
            title: `${counted(overdue, 'user')} overdue with MFA`,
            why: 'The account requires it: the next sign-in goes no further without a device.',
            to: `${links.users}?show=overdue`,
            action: 'View users who are overdue',
          },
        ]
      : []),
    ...findingOf(users, 'devices', without, {
      good: 'All users have MFA',
      bad: `${counted(without, 'user')} without MFA`,
      why: 'Whoever learns their password or finds their key is them.',
      to: `${links.users}?show=no-mfa`,
      action: 'View users without MFA',
    }),
  ]
}

function aboutKeys(users: readonly UserCredentials[]): readonly Recommendation[] {
  const old = users.filter(user => hasOldKey(user)).length
  return findingOf(users, 'accessKeys', old, {
    good: `No access key is older than ${OLD_KEY_DAYS} days`,
    bad: `${counted(old, 'user')} with an access key older than ${OLD_KEY_DAYS} days`,
    why: 'The longer a key is around, the more places it has been copied to.',
    to: `${links.users}?show=old-keys`,
    action: 'View users with old keys',
  })
}

/** Of users who may not be seen it is not known whether they are the ones: then nothing is called good. */
function findingOf(
  users: readonly UserCredentials[],
  part: 'devices' | 'accessKeys',
  wrong: number,
  { good, bad, ...more }: Omit<Recommendation, 'isMet' | 'title'> & { good: string; bad: string },
): readonly Recommendation[] {
  if (wrong > 0) return [{ isMet: false, title: bad, ...more }]
  const isCertain = users.length > 0 && users.every(user => user[part] !== 'denied')
  return isCertain ? [{ isMet: true, title: good, ...more }] : []
}

/** `MFA devices of 5 users`: what is left out because it may not be seen. */
export function hiddenParts(users: readonly UserCredentials[]): readonly string[] {
  const hidden = (part: 'devices' | 'accessKeys') =>
    users.filter(user => user[part] === 'denied').length
  return [
    { what: 'MFA devices', count: hidden('devices') },
    { what: 'access keys', count: hidden('accessKeys') },
  ]
    .filter(({ count }) => count > 0)
    .map(({ what, count }) => `${what} of ${counted(count, 'user')}`)
}
