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
import { dateColumn, textColumn } from '../collections/columns.tsx'
import { ConsoleLink } from '../console-link.tsx'
import { ConfirmModal } from '../confirm-modal.tsx'
import { GuardedButton } from '../guarded-button.tsx'
import { links } from '../links.ts'
import { ChooseGroups } from './choose-groups.tsx'

const COLUMNS: readonly Column<Group>[] = [
  {
    ...textColumn('GroupName', 'Group name'),
    isRowHeader: true,
    cell: ({ GroupName = '' }) => (
      <ConsoleLink to={links.group(GroupName)}>{GroupName}</ConsoleLink>
    ),
  },
  dateColumn('CreateDate', 'Creation time'),
]

export function UserGroups({ userName: UserName }: { readonly userName: string }) {
  const reading = useIamList('ListGroupsForUser', 'Groups', { UserName })
  const [left, setLeft] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <CollectionTable
        id="groups-of-user"
        noun="user groups"
        title="User groups membership"
        description="A user has the policies of the groups that it is in: ten at most."
        reading={reading}
        columns={COLUMNS}
        idOf={({ GroupName = '' }) => GroupName}
        textOf={({ GroupName = '' }) => GroupName}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={selected ? undefined : 'Select a user group.'}
              onClick={() => setLeft(selected?.GroupName)}
            >
              Remove
            </GuardedButton>
            <Button onClick={() => setAdding(true)}>Add user to groups</Button>
          </SpaceBetween>
        )}
        emptyAction={<Button onClick={() => setAdding(true)}>Add user to groups</Button>}
      />
      {isAdding && (
        <AddToGroups
          userName={UserName}
          without={reading.data?.map(({ GroupName = '' }) => GroupName) ?? []}
          onClose={() => setAdding(false)}
        />
      )}
      {left !== undefined && (
        <ConfirmModal
          title={`Remove ${UserName} from ${left}?`}
          confirmation={left}
          verb="Remove"
          done={`${UserName} was removed from ${left}.`}
          perform={() => iam('RemoveUserFromGroup', { UserName, GroupName: left })}
          onClose={() => setLeft(undefined)}
        >
          {UserName} loses what the group allows, and what it denies is denied no longer.
        </ConfirmModal>
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
