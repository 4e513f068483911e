// Users to choose from.
import { useIamList } from '../../api/queries.ts'
import { CollectionTable } from '../collections/collection-table.tsx'
import { Ago } from '../instant.tsx'

type Props = {
  readonly title: string
  readonly without?: readonly string[]
  readonly chosen: readonly string[]
  readonly onChoose: (userNames: readonly string[]) => void
}

export function ChooseUsers({ title, without = [], chosen, onChoose }: Props) {
  const reading = useIamList('ListUsers', 'Users', {})
  const offered = reading.data?.filter(({ UserName = '' }) => !without.includes(UserName))
  return (
    <CollectionTable
      of="users to add"
      title={title}
      reading={{ ...reading, data: offered }}
      columns={[
        {
          id: 'UserName',
          header: 'User name',
          isRowHeader: true,
          cell: ({ UserName }) => UserName,
          sortBy: ({ UserName }) => UserName,
        },
        {
          id: 'CreateDate',
          header: 'Creation time',
          cell: ({ CreateDate }) => <Ago at={CreateDate} />,
          sortBy: ({ CreateDate }) => CreateDate,
        },
      ]}
      idOf={({ UserName = '' }) => UserName}
      textOf={({ UserName = '', Path = '' }) => `${UserName} ${Path}`}
      selection="multi"
      selectedIds={chosen}
      onSelect={selected => onChoose(selected.map(({ UserName = '' }) => UserName))}
    />
  )
}
