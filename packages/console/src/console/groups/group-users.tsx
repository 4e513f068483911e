// Who is in a group.
import type { User } from '@aws-sdk/client-iam'
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
import { ChooseUsers } from './choose-users.tsx'

const COLUMNS: readonly Column<User>[] = [
  {
    ...textColumn('UserName', 'User name'),
    isRowHeader: true,
    cell: ({ UserName = '' }) => <ConsoleLink to={links.user(UserName)}>{UserName}</ConsoleLink>,
  },
  dateColumn('PasswordLastUsed', 'Last console sign-in'),
  dateColumn('CreateDate', 'Creation time'),
]

export function GroupUsers({ groupName: GroupName }: { readonly groupName: string }) {
  const reading = useIamList('GetGroup', 'Users', { GroupName })
  const [removed, setRemoved] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <CollectionTable
        id="users-of-group"
        noun="users in this group"
        title="Users in this group"
        reading={reading}
        columns={COLUMNS}
        idOf={({ UserName = '' }) => UserName}
        textOf={({ UserName = '' }) => UserName}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <GuardedButton
              obstacle={selected ? undefined : 'Select a user.'}
              onClick={() => setRemoved(selected?.UserName)}
            >
              Remove
            </GuardedButton>
            <Button onClick={() => setAdding(true)}>Add users</Button>
          </SpaceBetween>
        )}
        emptyAction={<Button onClick={() => setAdding(true)}>Add users</Button>}
      />
      {isAdding && (
        <AddUsers
          groupName={GroupName}
          without={reading.data?.map(({ UserName = '' }) => UserName) ?? []}
          onClose={() => setAdding(false)}
        />
      )}
      {removed !== undefined && (
        <ConfirmModal
          title={`Remove ${removed} from ${GroupName}?`}
          confirmation={removed}
          verb="Remove"
          done={`${removed} was removed from ${GroupName}.`}
          perform={() => iam('RemoveUserFromGroup', { GroupName, UserName: removed })}
          onClose={() => setRemoved(undefined)}
        >
          {removed} loses what the group allows, and what it denies is denied no longer.
        </ConfirmModal>
      )}
    </>
  )
}

function AddUsers({
  groupName: GroupName,
  without,
  onClose,
}: {
  readonly groupName: string
  readonly without: readonly string[]
  readonly onClose: () => void
}) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  return (
    <ChangeModal
      size="large"
      title={`Add users to ${GroupName}`}
      submitText="Add users"
      isReady={chosen.length > 0}
      perform={async tell => {
        for (const [index, UserName] of chosen.entries()) {
          tell(`Adding ${UserName}, ${index + 1} of ${chosen.length}`)
          await iam('AddUserToGroup', { GroupName, UserName })
        }
      }}
      done={`${chosen.join(', ')} joined ${GroupName}.`}
      onClose={onClose}
    >
      <ChooseUsers title="Users" chosen={chosen} without={without} onChoose={setChosen} />
    </ChangeModal>
  )
}
