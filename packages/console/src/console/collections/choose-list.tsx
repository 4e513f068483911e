// A list to choose several from, in a form or a dialog.
import type { ReactNode } from 'react'
import type { Reading } from '../../api/reading.ts'
import { CollectionTable } from './collection-table.tsx'
import type { Column } from './column.ts'

/** What whoever chooses says. */
export type Choice = {
  /** Ids that are not offered. */
  readonly without?: readonly string[]
  readonly chosen: readonly string[]
  readonly onChoose: (ids: readonly string[]) => void
}

/** The list: as CollectionTable's. */
type Offered<Item> = {
  readonly id: string
  readonly noun: string
  readonly title: string
  readonly description?: ReactNode
  readonly reading: Reading<readonly Item[]>
  readonly columns: readonly Column<Item>[]
  readonly idOf: (item: Item) => string
  readonly textOf: (item: Item) => string
}

export function ChooseList<Item>({
  without = [],
  chosen,
  onChoose,
  ...list
}: Choice & Offered<Item>) {
  const { reading, idOf } = list
  const data = reading.data?.filter(item => !without.includes(idOf(item)))
  return (
    <CollectionTable
      {...list}
      reading={{ ...reading, data }}
      selection={{ type: 'multi', ids: chosen, onChange: onChoose }}
    />
  )
}
