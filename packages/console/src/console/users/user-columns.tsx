// What the list of users tells of each.
import type { ReactNode } from 'react'
import type { Column } from '../collections/column.ts'
import { ConsoleLink } from '../console-link.tsx'
import { Age, Ago, Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { MfaStatus } from './mfa-status.tsx'
import { NoPermission } from '../no-permission.tsx'
import { ExpiredPassword } from '../security-credentials/password-set.tsx'
import { oldestActiveKey } from './old-keys.ts'
import type { Part, UserCredentials } from './user-credentials.ts'
import { seen } from './user-credentials.ts'
import { mfaFindings, mfaStrength } from './user-mfa.ts'

function shown<Value>(part: Part<Value>, show: (value: Value) => ReactNode): ReactNode {
  return part === 'denied' ? <NoPermission /> : show(part.value)
}

/** A long name takes a second line, and leaves the other columns their place: on a phone, too. */
const SEVERAL_LINES = {
  width: 'max-content',
  maxWidth: 'min(16rem, 30vw)',
  whiteSpace: 'normal',
  overflowWrap: 'anywhere',
} as const

export const USER_COLUMNS: readonly Column<UserCredentials>[] = [
  {
    id: 'UserName',
    header: 'User name',
    isRowHeader: true,
    cell: ({ userName }) => (
      <div style={SEVERAL_LINES}>
        <ConsoleLink to={links.user(userName)}>{userName}</ConsoleLink>
      </div>
    ),
    sortBy: ({ userName }) => userName,
  },
  {
    id: 'mfa',
    header: 'MFA',
    minWidth: 160,
    cell: user => <MfaStatus user={user} />,
    sortBy: mfaStrength,
  },
  {
    id: 'groups',
    header: 'Groups',
    cell: ({ groupNames }) => shown(groupNames, names => names.length),
    sortBy: ({ groupNames }) => seen(groupNames)?.length,
  },
  {
    id: 'lastActivity',
    header: 'Last activity',
    cell: ({ lastActivity }) => shown(lastActivity, at => <Ago at={at} />),
    sortBy: ({ lastActivity }) => seen(lastActivity),
  },
  {
    id: 'passwordAge',
    header: 'Password age',
    cell: ({ password }) =>
      shown(password, set => (
        <>
          <Age at={set?.changeDate} never="No password" />
          {set?.isExpired === true && <ExpiredPassword />}
        </>
      )),
    sortBy: ({ password }) => seen(password)?.changeDate,
  },
  {
    id: 'keyAge',
    header: 'Active key age',
    cell: user =>
      shown(user.accessKeys, () => (
        <Age at={oldestActiveKey(user)?.createDate} never="No active key" />
      )),
    sortBy: user => oldestActiveKey(user)?.createDate,
  },
  {
    id: 'resetRequired',
    header: 'Password at next sign-in',
    isHidden: true,
    cell: ({ password }) =>
      shown(password, set => set && (set.resetRequired ? 'Must be changed' : 'May stay')),
    sortBy: ({ password }) => seen(password)?.resetRequired,
  },
  {
    id: 'Path',
    header: 'Path',
    isHidden: true,
    cell: ({ path }) => path,
    sortBy: ({ path }) => path,
  },
  {
    id: 'PasswordLastUsed',
    header: 'Last console sign-in',
    isHidden: true,
    cell: ({ lastSignIn }) => <Ago at={lastSignIn} />,
    sortBy: ({ lastSignIn }) => lastSignIn,
  },
  {
    id: 'CreateDate',
    header: 'Creation time',
    isHidden: true,
    cell: ({ createDate }) => <Instant at={createDate} />,
    sortBy: ({ createDate }) => createDate,
  },
  { id: 'Arn', header: 'ARN', isHidden: true, cell: ({ arn }) => arn, sortBy: ({ arn }) => arn },
]

/** What a search for users looks through. */
export const textOf = (user: UserCredentials): string =>
  [
    user.userName,
    user.path,
    user.arn,
    ...mfaFindings(user).map(({ text }) => text),
    ...(seen(user.password)?.isExpired === true ? ['password expired'] : []),
    ...(seen(user.groupNames) ?? []),
    ...(seen(user.accessKeys)?.map(({ accessKeyId }) => accessKeyId) ?? []),
  ].join(' ')
