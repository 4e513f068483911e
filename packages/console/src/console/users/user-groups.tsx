// The groups that a user is in.
import type { Group } from '@aws-sdk/client-iam'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { iam } from '../../api/iam.ts'
import { useIamList } from '../../api/queries.ts'
import { ChangeModal } from '../change-modal.tsx'
import { CollectionTable } from '../collections/collection-table.tsx'
import type { Column } from '../collections/column.ts'
import { ConsoleLink } from '../console-link.tsx'
import { DeleteModal } from '../delete-modal.tsx'
import { Instant } from '../instant.tsx'
import { links } from '../links.ts'
import { ChooseGroups } from './choose-groups.tsx'

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
    id: 'CreateDate',
    header: 'Creation time',
    cell: ({ CreateDate }) => <Instant at={CreateDate} />,
    sortBy: ({ CreateDate }) => CreateDate,
  },
]

export function UserGroups({ userName: UserName }: { readonly userName: string }) {
  const reading = useIamList('ListGroupsForUser', 'Groups', { UserName })
  const [left, setLeft] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <CollectionTable
        of="user groups"
        title="User groups membership"
        description="A user has the policies of the groups that it is in: ten at most."
        reading={reading}
        columns={COLUMNS}
        idOf={({ GroupName = '' }) => GroupName}
        textOf={({ GroupName = '' }) => GroupName}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={selected === undefined} onClick={() => setLeft(selected?.GroupName)}>
              Remove
            </Button>
            <Button onClick={() => setAdding(true)}>Add user to groups</Button>
          </SpaceBetween>
        )}
      />
      {isAdding && (
        <AddToGroups
          userName={UserName}
          without={reading.data?.map(({ GroupName = '' }) => GroupName) ?? []}
          onClose={() => setAdding(false)}
        />
      )}
      {left !== undefined && (
        <DeleteModal
          title={`Remove ${UserName} from ${left}?`}
          confirmation={left}
          verb="Remove"
          done={`${UserName} was removed from ${left}.`}
          perform={() => iam('RemoveUserFromGroup', { UserName, GroupName: left })}
          onClose={() => setLeft(undefined)}
        >
          {UserName} loses what the group allows, and what it denies is denied no longer.
        </DeleteModal>
      )}
    </>
  )
}

function AddToGroups({
  userName: UserName,
  without,
  onClose,
}: {
  readonly userName: string
  readonly without: readonly string[]
  readonly onClose: () => void
}) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  return (
    <ChangeModal
      size="large"
      title={`Add ${UserName} to groups`}
      submitText="Add to groups"
      isReady={chosen.length > 0}
      perform={async () => {
        for (const GroupName of chosen) await iam('AddUserToGroup', { UserName, GroupName })
      }}
      done={`${UserName} was added to ${chosen.join(', ')}.`}
      onClose={onClose}
    >
      <ChooseGroups chosen={chosen} without={without} onChoose={setChosen} />
    </ChangeModal>
  )
}
