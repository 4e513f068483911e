// What can be preferred of a list.
import CollectionPreferences from '@cloudscape-design/components/collection-preferences'
import type { Column } from './column.ts'
import type { ListPreferences } from './list-preferences.ts'
import { PAGE_SIZES, isShown } from './list-preferences.ts'

type Props = {
  readonly noun: string
  readonly title: string
  readonly columns: readonly Pick<Column<never>, 'id' | 'header' | 'isRowHeader' | 'isHidden'>[]
  readonly preferences: ListPreferences
  readonly onPrefer: (preferences: ListPreferences) => void
}

export function PreferencesDialog({ noun, title, columns, preferences, onPrefer }: Props) {
  const { pageSize, wrapLines } = preferences
  const visible = columns.filter(column => isShown(column, preferences)).map(({ id }) => id)
  return (
    <CollectionPreferences
      title="Preferences"
      preferences={{ pageSize, wrapLines, visibleContent: visible }}
      pageSizePreference={{
        title: 'Page size',
        options: PAGE_SIZES.map(value => ({ value, label: `${value} ${noun}` })),
      }}
      wrapLinesPreference={{
        label: 'Wrap lines',
        description: 'Show all of a text, on as many lines as it takes',
      }}
      visibleContentPreference={{
        title: 'Columns',
        options: [
          {
            label: title,
            options: columns.map(({ id, header, isRowHeader = false }) => ({
              id,
              label: header,
              editable: !isRowHeader,
            })),
          },
        ],
      }}
      onConfirm={({ detail }) =>
        onPrefer({
          pageSize: detail.pageSize ?? pageSize,
          wrapLines: detail.wrapLines ?? wrapLines,
          columns: chosen(columns, detail.visibleContent ?? visible),
        })
      }
    />
  )
}

const chosen = (columns: Props['columns'], visible: readonly string[]) =>
  Object.fromEntries(columns.map(({ id }) => [id, visible.includes(id)]))
