// A column of a list, told once: what a row shows there and by what rows are sorted.
import type { TableProps } from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'

type Sortable = string | number | boolean | Date | undefined

export type Column<Item> = {
  readonly id: string
  readonly header: string
  readonly cell: (item: Item) => ReactNode
  /** Absent: nobody sorts by it. Rows without a value come last. */
  readonly sortBy?: (item: Item) => Sortable
  /** What tells the row's name to a screen reader. */
  readonly isRowHeader?: boolean
  /** Not shown until somebody asks for it. */
  readonly isHidden?: boolean
  readonly minWidth?: number
}

export function tableColumn<Item>(column: Column<Item>): TableProps.ColumnDefinition<Item> {
  const { id, header, cell, sortBy, isRowHeader = false, minWidth } = column
  return {
    id,
    header,
    cell,
    isRowHeader,
    ...(minWidth !== undefined && { minWidth }),
    ...(sortBy && { sortingComparator: (a: Item, b: Item) => compare(sortBy(a), sortBy(b)) }),
  }
}

const COLLATOR = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compare(a: Sortable, b: Sortable): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  if (typeof a === 'string' && typeof b === 'string') return COLLATOR.compare(a, b)
  return Number(a) - Number(b)
}
