// A column of a list, told once: what a row shows there and by what rows are sorted.
import type { TableProps } from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'

type Sortable = string | number | boolean | Date | undefined

export type Column<Item> = {
  readonly id: string
  readonly header: string
  readonly cell: (item: Item) => ReactNode
  /** Absent: nobody sorts by it. Rows without a value come last, in either order. */
  readonly sortBy?: (item: Item) => Sortable
  /** What tells the row's name to a screen reader. */
  readonly isRowHeader?: boolean
  /** Not shown until somebody asks for it. */
  readonly isHidden?: boolean
  readonly minWidth?: number
}

export type Sort = { readonly by: string; readonly isDescending: boolean }

/** In pixels: a word or two, also where others take the width of the page. */
const MIN_WIDTH = 120

/** As the table wants it. Rows come to it in order: that it has a comparator tells that people may sort by the column. */
export function tableColumn<Item>(column: Column<Item>): TableProps.ColumnDefinition<Item> {
  const { id, header, cell, sortBy, isRowHeader = false, minWidth = MIN_WIDTH } = column
  return {
    id,
    header,
    cell,
    isRowHeader,
    minWidth,
    ...(sortBy && { sortingComparator: () => 0 }),
  }
}

export function sortedBy<Item>(
  columns: readonly Column<Item>[],
  { by, isDescending }: Sort,
  items: readonly Item[],
): readonly Item[] {
  const sortBy = columns.find(({ id }) => id === by)?.sortBy
  if (sortBy === undefined) return items
  const direction = isDescending ? -1 : 1
  return items
    .map(item => ({ item, value: sortBy(item) }))
    .toSorted((a, b) => compare(a.value, b.value, direction))
    .map(({ item }) => item)
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(a: Sortable, b: Sortable, direction: 1 | -1): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  if (typeof a === 'string' && typeof b === 'string') return direction * COLLATOR.compare(a, b)
  return direction * (Number(a) - Number(b))
}
