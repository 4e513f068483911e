// Users to choose from.
import type { User } from '@aws-sdk/client-iam'
import { useIamList } from '../../api/queries.ts'
import type { Choice } from '../collections/choose-list.tsx'
import { ChooseList } from '../collections/choose-list.tsx'
import type { Column } from '../collections/column.ts'
import { dateColumn, textColumn } from '../collections/columns.tsx'

const COLUMNS: readonly Column<User>[] = [
  { ...textColumn('UserName', 'User name'), isRowHeader: true },
  dateColumn('CreateDate', 'Creation time'),
]

export function ChooseUsers({ title, ...choice }: Choice & { readonly title: string }) {
  return (
    <ChooseList
      id="choose-users"
      noun="users to add"
      title={title}
      reading={useIamList('ListUsers', 'Users', {})}
      columns={COLUMNS}
      idOf={({ UserName = '' }) => UserName}
      textOf={({ UserName = '', Path = '' }) => `${UserName} ${Path}`}
      {...choice}
    />
  )
}
