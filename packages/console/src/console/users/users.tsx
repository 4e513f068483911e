// All users, and how well each is locked: MFA, age of password and keys, last activity.
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { CollectionTable } from '../collections/collection-table.tsx'
import { ConsoleButton } from '../console-button.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { links } from '../links.ts'
import { DeleteUsers } from './delete-users.tsx'
import { LoadingUsers } from './loading-users.tsx'
import { useUsers } from './use-users.ts'
import { USER_COLUMNS, textOf } from './user-columns.tsx'
import { USER_FILTER } from './user-filters.ts'

export function Users() {
  const { isComplete, ...reading } = useUsers()
  const [deleted, setDeleted] = useState<readonly string[]>()
  const users = reading.data

  return (
    <>
      <CollectionTable
        variant="full-page"
        id="users"
        noun="users"
        title="Users"
        description={
          users === undefined || isComplete ? (
            'An IAM user is an identity with long-term credentials that is used to interact with the account.'
          ) : (
            <LoadingUsers read={users.length} />
          )
        }
        reading={reading}
        columns={USER_COLUMNS}
        idOf={({ userName }) => userName}
        textOf={textOf}
        selection="multi"
        actions={selected => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={selected.length > 0 ? undefined : 'Select one or several users.'}
              onClick={() => setDeleted(selected.map(({ userName }) => userName))}
            >
              Delete
            </GuardedButton>
            <ConsoleButton variant="primary" to={links.createUser}>
              Create user
            </ConsoleButton>
          </SpaceBetween>
        )}
        filter={USER_FILTER}
        emptyAction={<ConsoleButton to={links.createUser}>Create user</ConsoleButton>}
      />
      {deleted && <DeleteUsers names={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  )
}
