// All user groups.
import type { Group } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleButton } from '../console-button.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { Ago } from '../instant.tsx'
import { links } from '../links.ts'
import { DeleteGroup } from './delete-group.tsx'

const COLUMNS: readonly Column<Group>[] = [
  {
    id: 'GroupName',
    header: 'Group name',
    isRowHeader: true,
    cell: ({ GroupName = '' }) => (
      <ConsoleLink to={links.group(GroupName)}>{GroupName}</ConsoleLink>
    ),
    sortBy: ({ GroupName }) => GroupName,
  },
  {
    id: 'users',
    header: 'Users',
    cell: ({ GroupName = '' }) => <UserCount groupName={GroupName} />,
  },
  { id: 'Path', header: 'Path', cell: ({ Path }) => Path, sortBy: ({ Path }) => Path },
  {
    id: 'CreateDate',
    header: 'Creation time',
    cell: ({ CreateDate }) => <Ago at={CreateDate} />,
    sortBy: ({ CreateDate }) => CreateDate,
  },
  { id: 'Arn', header: 'ARN', isHidden: true, cell: ({ Arn }) => Arn, sortBy: ({ Arn }) => Arn },
]

export function Groups() {
  const reading = useIamList('ListGroups', 'Groups', {})
  const [deleted, setDeleted] = useState<string>()
  return (
    <>
      <CollectionTable
        variant="full-page"
        of="user groups"
        title="User groups"
        description="A user group is a collection of users. What the group may do, each of them may do."
        reading={reading}
        columns={COLUMNS}
        idOf={({ GroupName = '' }) => GroupName}
        textOf={({ GroupName = '', Path = '' }) => `${GroupName} ${Path}`}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={selected === undefined}
              onClick={() => setDeleted(selected?.GroupName)}
            >
              Delete
            </Button>
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
  const { data } = useIamList('GetGroup', 'Users', { GroupName })
  return data?.length ?? '-'
}
