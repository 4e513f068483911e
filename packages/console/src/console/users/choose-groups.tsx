// User groups to choose from.
import type { Group } from '@aws-sdk/client-iam'
import { useIamList } from '../../api/queries.ts'
import type { Choice } from '../collections/choose-list.tsx'
import { ChooseList } from '../collections/choose-list.tsx'
import type { Column } from '../collections/column.ts'
import { dateColumn, textColumn } from '../collections/columns.tsx'

const COLUMNS: readonly Column<Group>[] = [
  { ...textColumn('GroupName', 'Group name'), isRowHeader: true },
  dateColumn('CreateDate', 'Creation time'),
]

export function ChooseGroups(choice: Choice) {
  return (
    <ChooseList
      id="choose-groups"
      noun="groups to join"
      title="User groups"
      reading={useIamList('ListGroups', 'Groups', {})}
      columns={COLUMNS}
      idOf={({ GroupName = '' }) => GroupName}
      textOf={({ GroupName = '' }) => GroupName}
      {...choice}
    />
  )
}
