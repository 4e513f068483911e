// All user groups.
import type { Group } from '@aws-sdk/client-iam'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { dateColumn, textColumn } from '../collections/columns.tsx'
import { ConsoleButton } from '../console-button.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { Known } from '../known.tsx'
import { links } from '../links.ts'
import { DeleteGroup } from './delete-group.tsx'

const COLUMNS: readonly Column<Group>[] = [
  {
    ...textColumn('GroupName', 'Group name'),
    isRowHeader: true,
    cell: ({ GroupName = '' }) => (
      <ConsoleLink to={links.group(GroupName)}>{GroupName}</ConsoleLink>
    ),
  },
  {
    id: 'users',
    header: 'Users',
    cell: ({ GroupName = '' }) => <UserCount groupName={GroupName} />,
  },
  textColumn('Path', 'Path'),
  dateColumn('CreateDate', 'Creation time'),
  textColumn('Arn', 'ARN', { isHidden: true }),
]

export function Groups() {
  const reading = useIamList('ListGroups', 'Groups', {})
  const [deleted, setDeleted] = useState<string>()
  return (
    <>
      <CollectionTable
        variant="full-page"
        id="user-groups"
        noun="user groups"
        title="User groups"
        description="A user group is a collection of users. What the group may do, each of them may do."
        reading={reading}
        columns={COLUMNS}
        idOf={({ GroupName = '' }) => GroupName}
        textOf={({ GroupName = '', Path = '' }) => `${GroupName} ${Path}`}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={selected ? undefined : 'Select a user group.'}
              onClick={() => setDeleted(selected?.GroupName)}
            >
              Delete
            </GuardedButton>
            <ConsoleButton variant="primary" to={links.createGroup}>
              Create group
            </ConsoleButton>
          </SpaceBetween>
        )}
        emptyAction={<ConsoleButton to={links.createGroup}>Create group</ConsoleButton>}
      />
      {deleted !== undefined && (
        <DeleteGroup groupName={deleted} onClose={() => setDeleted(undefined)} />
      )}
    </>
  )
}

function UserCount({ groupName: GroupName }: { readonly groupName: string }) {
  return (
    <Known of={useIamList('GetGroup', 'Users', { GroupName })}>
      {users => users.length.toLocaleString('en')}
    </Known>
  )
}
