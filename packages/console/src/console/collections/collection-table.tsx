// A list with all that a list needs: search, pages, preferences, sorting, selection, and what it says while it loads, when it is empty, when
// nothing matches and when it could not be read.
import Pagination from '@cloudscape-design/components/pagination'
import Table from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import type { Reading } from '../../api/reading.ts'
import { known } from '../../api/reading.ts'
import type { Column } from './column.ts'
import { tableColumn } from './column.ts'
import { ListHeader } from './list-header.tsx'
import { isShown, useListPreferences } from './list-preferences.ts'
import type { ListFilter } from './list-search.tsx'
import { ListSearch } from './list-search.tsx'
import { Empty, NoMatch } from './list-states.tsx'
import { PreferencesDialog } from './preferences-dialog.tsx'
import { useList } from './use-list.ts'
import type { Selection } from './use-selection.ts'
import { useSelection } from './use-selection.ts'

type Props<Item> = {
  /** The list's own: by it, the browser keeps its preferences, and the address its search. */
  readonly id: string
  /** In the plural, as sentences have it: `access keys`. */
  readonly noun: string
  readonly title: string
  readonly description?: ReactNode
  readonly reading: Reading<readonly Item[]>
  readonly columns: readonly Column<Item>[]
  readonly idOf: (item: Item) => string
  /** What a search looks through. */
  readonly textOf: (item: Item) => string
  readonly selection?: Selection
  /** The buttons above the list, by what is selected. */
  readonly actions?: (selected: readonly Item[]) => ReactNode
  readonly filter?: ListFilter<Item>
  /** Below the words that there are none. */
  readonly emptyAction?: ReactNode
  /** A page of its own, instead of a part of one. */
  readonly variant?: 'full-page' | 'container'
}

const NOTHING: readonly never[] = []

export function CollectionTable<Item>({
  id,
  noun,
  title,
  description,
  reading,
  columns,
  idOf,
  textOf,
  selection,
  actions,
  filter,
  emptyAction,
  variant = 'container',
}: Props<Item>) {
  const [preferences, setPreferences] = useListPreferences(id)
  const data = known(reading)
  const items = data ?? NOTHING
  const { pageSize, wrapLines } = preferences
  const prefix = prefixOf({ id, variant, selection })
  const list = useList<Item>({ items, columns, textOf, filter, pageSize, prefix })
  const { type, selected, select } = useSelection(selection, idOf, { all: items, ...list })
  const definitions = useMemo(() => columns.map(tableColumn), [columns])
  const sortingColumn = definitions.find(definition => definition.id === list.sort.by)

  return (
    <Table
      variant={variant}
      items={list.shown}
      trackBy={idOf}
      columnDefinitions={definitions}
      columnDisplay={columns.map(column => ({
        id: column.id,
        visible: isShown(column, preferences),
      }))}
      {...(type && { selectionType: type, selectedItems: selected })}
      onSelectionChange={({ detail }) => select(detail.selectedItems)}
      {...(sortingColumn && { sortingColumn, sortingDescending: list.sort.isDescending })}
      onSortingChange={({ detail: { sortingColumn, isDescending = false } }) =>
        list.change({ sort: { by: idIn(sortingColumn), isDescending }, page: 1 })
      }
      loading={data === undefined && reading.error === null}
      loadingText={`Loading ${noun}`}
      wrapLines={wrapLines}
      enableKeyboardNavigation
      stickyHeader={variant === 'full-page'}
      firstIndex={list.begin + 1}
      totalItemsCount={list.matching.length}
      renderAriaLive={({ firstIndex, lastIndex, totalItemsCount = 0 }) =>
        `${title}: ${firstIndex} to ${lastIndex} of ${totalItemsCount}`
      }
      ariaLabels={{
        tableLabel: title,
        selectionGroupLabel: `Select ${noun}`,
        allItemsSelectionLabel: () => `Select all ${noun}`,
        itemSelectionLabel: (_, item) => `Select ${idOf(item)}`,
      }}
      empty={
        items.length > 0 ? (
          <NoMatch onClear={() => list.change({ text: '', show: undefined })} />
        ) : (
          data !== undefined && <Empty noun={noun} action={emptyAction} />
        )
      }
      header={
        <ListHeader
          variant={variant === 'full-page' ? 'h1' : 'h2'}
          title={title}
          noun={noun}
          counter={counterOf(selected, data)}
          description={description}
          reading={reading}
          actions={actions?.(selected)}
        />
      }
      filter={
        <ListSearch
          noun={noun}
          view={list.view}
          onChange={list.change}
          filter={filter}
          matchCount={list.matching.length}
        />
      }
      pagination={
        <Pagination
          currentPageIndex={list.page}
          pagesCount={list.pagesCount}
          onChange={({ detail }) => list.change({ page: detail.currentPageIndex })}
        />
      }
      preferences={
        <PreferencesDialog
          noun={noun}
          title={title}
          columns={columns}
          preferences={preferences}
          onPrefer={setPreferences}
        />
      }
    />
  )
}

/** A list that somebody chooses from stands in a form or a dialog: what is searched there is not the page's. */
function prefixOf({
  id,
  variant,
  selection,
}: {
  readonly id: string
  readonly variant: 'full-page' | 'container'
  readonly selection: Selection | undefined
}): string | undefined {
  if (variant === 'full-page') return ''
  return typeof selection === 'object' ? undefined : `${id}-`
}

/** The column that was pressed. Cloudscape's type allows columns without an id; ours have one. */
const idIn = (column: object): string =>
  'id' in column && typeof column.id === 'string' ? column.id : ''

function counterOf(selected: readonly unknown[], data: readonly unknown[] | undefined): string {
  if (data === undefined) return ''
  return selected.length > 0 ? `(${selected.length}/${data.length})` : `(${data.length})`
}
