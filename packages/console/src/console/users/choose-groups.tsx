// User groups to choose from.
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import { Instant } from '../instant.tsx'

type Props = {
  readonly without?: readonly string[]
  readonly chosen: readonly string[]
  readonly onChoose: (groupNames: readonly string[]) => void
}

export function ChooseGroups({ without = [], chosen, onChoose }: Props) {
  const reading = useIamList('ListGroups', 'Groups', {})
  const offered = reading.data?.filter(({ GroupName = '' }) => !without.includes(GroupName))
  return (
    <CollectionTable
      of="groups to join"
      title="User groups"
      reading={{ ...reading, data: offered }}
      columns={[
        {
          id: 'GroupName',
          header: 'Group name',
          isRowHeader: true,
          cell: ({ GroupName }) => GroupName,
          sortBy: ({ GroupName }) => GroupName,
        },
        {
          id: 'CreateDate',
          header: 'Creation time',
          cell: ({ CreateDate }) => <Instant at={CreateDate} />,
          sortBy: ({ CreateDate }) => CreateDate,
        },
      ]}
      idOf={({ GroupName = '' }) => GroupName}
      textOf={({ GroupName = '' }) => GroupName}
      selection="multi"
      selectedIds={chosen}
      onSelect={selected => onChoose(selected.map(({ GroupName = '' }) => GroupName))}
    />
  )
}
