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
import { ConsoleLink } from '../console-link.tsx'
import { DeleteModal } from '../delete-modal.tsx'
import { Ago } from '../instant.tsx'
import { links } from '../links.ts'
import { ChooseUsers } from './choose-users.tsx'

const COLUMNS: readonly Column<User>[] = [
  {
    id: 'UserName',
    header: 'User name',
    isRowHeader: true,
    cell: ({ UserName = '' }) => <ConsoleLink to={links.user(UserName)}>{UserName}</ConsoleLink>,
    sortBy: ({ UserName }) => UserName,
  },
  {
    id: 'PasswordLastUsed',
    header: 'Last console sign-in',
    cell: ({ PasswordLastUsed }) => <Ago at={PasswordLastUsed} />,
    sortBy: ({ PasswordLastUsed }) => PasswordLastUsed,
  },
  {
    id: 'CreateDate',
    header: 'Creation time',
    cell: ({ CreateDate }) => <Ago at={CreateDate} />,
    sortBy: ({ CreateDate }) => CreateDate,
  },
]

export function GroupUsers({ groupName: GroupName }: { readonly groupName: string }) {
  const reading = useIamList('GetGroup', 'Users', { GroupName })
  const [removed, setRemoved] = useState<string>()
  const [isAdding, setAdding] = useState(false)
  return (
    <>
      <CollectionTable
        of="users in this group"
        title="Users in this group"
        reading={reading}
        columns={COLUMNS}
        idOf={({ UserName = '' }) => UserName}
        textOf={({ UserName = '' }) => UserName}
        selection="single"
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={selected === undefined}
              onClick={() => setRemoved(selected?.UserName)}
            >
              Remove
            </Button>
            <Button onClick={() => setAdding(true)}>Add users</Button>
          </SpaceBetween>
        )}
      />
      {isAdding && (
        <AddUsers
          groupName={GroupName}
          without={reading.data?.map(({ UserName = '' }) => UserName) ?? []}
          onClose={() => setAdding(false)}
        />
      )}
      {removed !== undefined && (
        <DeleteModal
          title={`Remove ${removed} from ${GroupName}?`}
          confirmation={removed}
          verb="Remove"
          done={`${removed} was removed from ${GroupName}.`}
          perform={() => iam('RemoveUserFromGroup', { GroupName, UserName: removed })}
          onClose={() => setRemoved(undefined)}
        >
          {removed} loses what the group allows, and what it denies is denied no longer.
        </DeleteModal>
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
      perform={async () => {
        for (const UserName of chosen) await iam('AddUserToGroup', { GroupName, UserName })
      }}
      done={`${chosen.join(', ')} joined ${GroupName}.`}
      onClose={onClose}
    >
      <ChooseUsers title="Users" chosen={chosen} without={without} onChoose={setChosen} />
    </ChangeModal>
  )
}
