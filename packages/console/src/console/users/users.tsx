// All users, and how well each is locked: MFA, age of password and keys, last activity.
import type { User } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleButton } from '../console-button.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { Ago, Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { DeleteUsers } from './delete-users.tsx'
import { MfaStatus, mfaText } from './mfa-status.tsx'
import { hasOldKey, OLD_KEY_DAYS } from './old-keys.ts'
import type { AssignedDevice, CredentialsReading, UserCredentials } from './user-credentials.ts'
import {
  lastActivity,
  oldestActiveKey,
  useAssignedDevices,
  useCredentialsOf,
} from './user-credentials.ts'

const NO_USERS: readonly User[] = []

/** Which users the list shows; its address says so, for links of the dashboard. */
const FILTERS = [
  { value: 'all', label: 'All users' },
  { value: 'no-mfa', label: 'Without MFA' },
  { value: 'mfa', label: 'With MFA' },
  { value: 'old-keys', label: `With an access key older than ${OLD_KEY_DAYS} days` },
] as const

export function Users() {
  const reading = useIamList('ListUsers', 'Users', {})
  const credentials = useCredentialsOf(reading.data ?? NO_USERS)
  const devices = useAssignedDevices().data
  const [deleted, setDeleted] = useState<readonly User[]>()
  const [search, setSearch] = useSearchParams()
  const filter = FILTERS.find(({ value }) => value === search.get('show')) ?? FILTERS[0]
  const shown = reading.data?.filter(user =>
    isShown(filter.value, devices?.get(user.UserName ?? ''), credentialsOf(user, credentials)),
  )

  return (
    <>
      <CollectionTable
        variant="full-page"
        of="users"
        title="Users"
        description="An IAM user is an identity with long-term credentials that is used to interact with the account."
        reading={{ ...reading, data: shown }}
        columns={columnsOf(credentials, devices)}
        idOf={({ UserName = '' }) => UserName}
        textOf={user =>
          textOf(user, devices?.get(user.UserName ?? ''), credentialsOf(user, credentials))
        }
        selection="multi"
        actions={selected => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected.length === 0} onClick={() => setDeleted(selected)}>
              Delete
            </Button>
            <ConsoleButton variant="primary" to={links.createUser}>
              Create user
            </ConsoleButton>
          </SpaceBetween>
        )}
        filter={
          <Select
            ariaLabel="Show"
            selectedOption={filter}
            options={FILTERS}
            onChange={({ detail: { selectedOption } }) =>
              setSearch(selectedOption.value === 'all' ? {} : { show: selectedOption.value ?? '' })
            }
          />
        }
        emptyAction={<ConsoleButton to={links.createUser}>Create user</ConsoleButton>}
      />
      {deleted && <DeleteUsers users={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  )
}

type DevicesByUserName = ReadonlyMap<string, readonly AssignedDevice[]> | undefined

const credentialsOf = ({ UserName = '' }: User, { byUserName }: CredentialsReading) =>
  byUserName.get(UserName)

function isShown(
  filter: (typeof FILTERS)[number]['value'],
  devices: readonly AssignedDevice[] = [],
  credentials: UserCredentials | undefined,
): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'mfa':
      return devices.length > 0
    case 'no-mfa':
      return devices.length === 0
    case 'old-keys':
      return credentials !== undefined && hasOldKey(credentials)
    default:
      return filter satisfies never
  }
}

function textOf(
  user: User,
  devices: readonly AssignedDevice[] = [],
  credentials: UserCredentials | undefined,
): string {
  const { UserName = '', Path = '', Arn = '' } = user
  const keys = credentials?.accessKeys.map(({ AccessKeyId = '' }) => AccessKeyId) ?? []
  return [UserName, Path, Arn, mfaText(devices), ...(credentials?.groupNames ?? []), ...keys].join(
    ' ',
  )
}

function columnsOf(
  reading: CredentialsReading,
  devices: DevicesByUserName,
): readonly Column<User>[] {
  const of = (user: User) => credentialsOf(user, reading)
  const devicesOf = ({ UserName = '' }: User) => devices?.get(UserName) ?? []
  const known = (user: User, show: (credentials: UserCredentials) => ReactNode) => {
    const credentials = of(user)
    return credentials === undefined ? <Spinner /> : show(credentials)
  }
  return [
    {
      id: 'UserName',
      header: 'User name',
      isRowHeader: true,
      minWidth: 140,
      cell: ({ UserName = '' }) => <ConsoleLink to={links.user(UserName)}>{UserName}</ConsoleLink>,
      sortBy: ({ UserName }) => UserName,
    },
    {
      id: 'mfa',
      header: 'MFA',
      minWidth: 200,
      cell: user => (devices === undefined ? <Spinner /> : <MfaStatus devices={devicesOf(user)} />),
      sortBy: user => mfaText(devicesOf(user)),
    },
    {
      id: 'groups',
      header: 'Groups',
      cell: user => known(user, ({ groupNames }) => groupNames.length),
      sortBy: user => of(user)?.groupNames.length,
    },
    {
      id: 'lastActivity',
      header: 'Last activity',
      cell: user => known(user, credentials => <Ago at={lastActivity(user, credentials)} />),
      sortBy: user => lastActivity(user, of(user)),
    },
    {
      id: 'passwordAge',
      header: 'Password age',
      cell: user =>
        known(user, ({ passwordDate }) => <Ago at={passwordDate} never="No password" />),
      sortBy: user => of(user)?.passwordDate,
    },
    {
      id: 'keyAge',
      header: 'Active key age',
      cell: user => known(user, credentials => <KeyAge credentials={credentials} />),
      sortBy: user => {
        const credentials = of(user)
        return credentials && oldestActiveKey(credentials)?.CreateDate
      },
    },
    {
      id: 'Path',
      header: 'Path',
      isHidden: true,
      cell: ({ Path }) => Path,
      sortBy: ({ Path }) => Path,
    },
    {
      id: 'PasswordLastUsed',
      header: 'Console last sign-in',
      isHidden: true,
      cell: ({ PasswordLastUsed }) => <Ago at={PasswordLastUsed} />,
      sortBy: ({ PasswordLastUsed }) => PasswordLastUsed,
    },
    {
      id: 'CreateDate',
      header: 'Creation time',
      isHidden: true,
      cell: ({ CreateDate }) => <Instant at={CreateDate} />,
      sortBy: ({ CreateDate }) => CreateDate,
    },
    { id: 'Arn', header: 'ARN', isHidden: true, cell: ({ Arn }) => Arn, sortBy: ({ Arn }) => Arn },
  ]
}

function KeyAge({ credentials }: { readonly credentials: UserCredentials }) {
  return <Ago at={oldestActiveKey(credentials)?.CreateDate} never="No active key" />
}
