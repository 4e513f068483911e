// A list with all that a list needs: search, pages, preferences, sorting, selection, and what it says while it loads, when it is empty, when
// nothing matches and when it could not be read.
import { useCollection } from '@cloudscape-design/collection-hooks'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import CollectionPreferences from '@cloudscape-design/components/collection-preferences'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { TableProps } from '@cloudscape-design/components/table'
import Table from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import type { ReactNode } from 'react'
import { Failure } from '../failure.tsx'
import type { Column } from './column.ts'
import { tableColumn } from './column.ts'
import { PAGE_SIZES, useListPreferences } from './list-preferences.ts'

/** What TanStack Query tells of a list. */
export type Reading<Item> = {
  readonly data: readonly Item[] | undefined
  readonly error: Error | null
  readonly isFetching: boolean
  readonly refetch: () => unknown
}

type Props<Item> = {
  /** In the plural, as sentences have it: `access keys`. */
  readonly of: string
  readonly title: string
  readonly description?: ReactNode
  readonly reading: Reading<Item>
  readonly columns: readonly Column<Item>[]
  readonly idOf: (item: Item) => string
  /** What a search looks through. */
  readonly textOf: (item: Item) => string
  /** The buttons above the list, by what is selected. */
  readonly actions?: (selected: readonly Item[]) => ReactNode
  readonly selection?: 'single' | 'multi'
  readonly variant?: Extract<TableProps.Variant, 'full-page' | 'container' | 'embedded'>
  /** Between search and list. */
  readonly filter?: ReactNode
  /** Below the words that there are none. */
  readonly emptyAction?: ReactNode
  readonly isSortedBy?: string
  readonly onSelect?: (selected: readonly Item[]) => void
  /** Ids of what is selected, where the page keeps it; else the list does. */
  readonly selectedIds?: readonly string[]
}

export function CollectionTable<Item>({
  of,
  title,
  description,
  reading,
  columns,
  idOf,
  textOf,
  actions,
  selection,
  variant = 'container',
  filter,
  emptyAction,
  isSortedBy,
  onSelect,
  selectedIds,
}: Props<Item>) {
  const [preferences, setPreferences] = useListPreferences(of, columns)
  // What was read before a refusal is no longer true.
  const data = reading.error === null ? reading.data : undefined
  const definitions = columns.map(tableColumn)
  const sortingColumn = definitions.find(({ id }) => id === (isSortedBy ?? columns[0]?.id))
  const {
    items,
    actions: act,
    filteredItemsCount,
    collectionProps,
    filterProps,
    paginationProps,
  } = useCollection(data ?? [], {
    filtering: {
      filteringFunction: (item, text) => matches(textOf(item), text),
      empty: <Empty of={of} reading={reading} action={emptyAction} />,
      noMatch: <NoMatch onClear={() => act.setFiltering('')} />,
    },
    pagination: { pageSize: preferences.pageSize },
    sorting: sortingColumn === undefined ? {} : { defaultState: { sortingColumn } },
    selection: { trackBy: idOf },
  })
  const selected =
    selectedIds === undefined
      ? (collectionProps.selectedItems ?? [])
      : (data ?? []).filter(item => selectedIds.includes(idOf(item)))
  const total = data?.length ?? 0

  return (
    <Table
      {...collectionProps}
      variant={variant}
      items={items}
      columnDefinitions={definitions}
      columnDisplay={columns.map(({ id }) => ({ id, visible: preferences.visible.includes(id) }))}
      {...(selection && { selectionType: selection, selectedItems: selected })}
      onSelectionChange={event => {
        collectionProps.onSelectionChange?.(event)
        onSelect?.(event.detail.selectedItems)
      }}
      loading={data === undefined && reading.error === null}
      loadingText={`Loading ${of}`}
      wrapLines={preferences.wrapLines}
      enableKeyboardNavigation
      stickyHeader={variant === 'full-page'}
      ariaLabels={{
        tableLabel: title,
        selectionGroupLabel: `Select ${of}`,
        allItemsSelectionLabel: () => `Select all ${of}`,
        itemSelectionLabel: (_, item) => `Select ${idOf(item)}`,
      }}
      header={
        <Header
          variant={variant === 'full-page' ? 'h1' : 'h2'}
          counter={counterOf(selected.length, total)}
          description={description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                iconName="refresh"
                formAction="none"
                ariaLabel={`Refresh ${of}`}
                loading={reading.isFetching && reading.data !== undefined}
                onClick={() => void reading.refetch()}
              />
              {actions?.(selected)}
            </SpaceBetween>
          }
        >
          {title}
        </Header>
      }
      filter={
        <div
          style={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}
          // A list may stand in a form, which a search must not send.
          onKeyDown={event => event.key === 'Enter' && event.preventDefault()}
        >
          <div style={{ flex: '1 1 14rem', maxWidth: '28rem' }}>
            <TextFilter
              {...filterProps}
              filteringPlaceholder={`Search ${of}`}
              filteringAriaLabel={`Search ${of}`}
              countText={
                filteredItemsCount === 1 ? '1 match' : `${filteredItemsCount ?? 0} matches`
              }
            />
          </div>
          {filter}
        </div>
      }
      pagination={<Pagination {...paginationProps} />}
      preferences={
        <CollectionPreferences
          title="Preferences"
          preferences={{
            pageSize: preferences.pageSize,
            wrapLines: preferences.wrapLines,
            visibleContent: preferences.visible,
          }}
          pageSizePreference={{
            title: 'Page size',
            options: PAGE_SIZES.map(value => ({ value, label: `${value} ${of}` })),
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
            setPreferences({
              pageSize: detail.pageSize ?? preferences.pageSize,
              wrapLines: detail.wrapLines ?? preferences.wrapLines,
              visible: detail.visibleContent ?? preferences.visible,
            })
          }
        />
      }
    />
  )
}

/** Every word of the search is somewhere in the text. */
function matches(text: string, search: string): boolean {
  const lowerCase = text.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => lowerCase.includes(word))
}

const counterOf = (selected: number, total: number) =>
  selected > 0 ? `(${selected}/${total})` : `(${total})`

function Empty<Item>({
  of,
  reading,
  action,
}: Pick<Props<Item>, 'of' | 'reading'> & { readonly action: ReactNode }) {
  if (reading.error !== null) {
    return (
      <Failure
        header={`The ${of} could not be read`}
        error={reading.error}
        onRetry={() => void reading.refetch()}
      />
    )
  }
  return (
    <SpaceBetween size="s" alignItems="center">
      <Box variant="strong" color="inherit">
        No {of}
      </Box>
      {action}
    </SpaceBetween>
  )
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  return (
    <SpaceBetween size="s" alignItems="center">
      <Box variant="strong" color="inherit">
        No matches
      </Box>
      <Button formAction="none" onClick={onClear}>
        Clear filter
      </Button>
    </SpaceBetween>
  )
}
