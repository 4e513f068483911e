// What is good and what is wrong about the account's safety, worst first.
import type { User } from '@aws-sdk/client-iam'
import { links } from '../links.ts'
import { OLD_KEY_DAYS, hasOldKey } from '../users/old-keys.ts'
import type { AssignedDevice, UserCredentials } from '../users/user-credentials.ts'

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
  readonly users: readonly User[] | undefined
  readonly devices: ReadonlyMap<string, readonly AssignedDevice[]> | undefined
  readonly credentials: ReadonlyMap<string, UserCredentials> | undefined
  /** Whether root asks, who alone can mend what is root's. */
  readonly isRoot: boolean
}

export function recommendationsFor(facts: Facts): readonly Recommendation[] {
  return [...aboutRoot(facts), ...aboutMfa(facts), ...aboutKeys(facts)].sort(
    (a, b) => Number(a.isMet) - Number(b.isMet),
  )
}

function aboutRoot({ summary, isRoot }: Facts): readonly Recommendation[] {
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

function aboutMfa({ users, devices }: Facts): readonly Recommendation[] {
  if (users === undefined || devices === undefined) return []
  const without = users.filter(({ UserName = '' }) => !devices.has(UserName)).length
  return [
    {
      isMet: without === 0,
      title: without === 0 ? 'All users have MFA' : `${countOf(without, 'user')} without MFA`,
      why: 'Whoever learns their password or finds their key is them.',
      to: `${links.users}?show=no-mfa`,
      action: 'View users without MFA',
    },
  ]
}

function aboutKeys({ credentials }: Facts): readonly Recommendation[] {
  if (credentials === undefined) return []
  const old = [...credentials.values()].filter(hasOldKey).length
  return [
    {
      isMet: old === 0,
      title:
        old === 0
          ? `No access key is older than ${OLD_KEY_DAYS} days`
          : `${countOf(old, 'user')} with an access key older than ${OLD_KEY_DAYS} days`,
      why: 'The longer a key is around, the more places it has been copied to.',
      to: `${links.users}?show=old-keys`,
      action: 'View users with old keys',
    },
  ]
}

const countOf = (count: number, noun: string) => `${count} ${count === 1 ? noun : `${noun}s`}`
