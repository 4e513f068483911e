// What of a list is shown: those that match, in order, a page of them.
import { useMemo } from 'react'
import type { Column, Sort } from './column.ts'
import { sortedBy } from './column.ts'
import type { ListFilter } from './list-search.tsx'
import { optionOf } from './list-search.tsx'
import { matches } from './list-view.ts'
import { useListView } from './use-list-view.ts'

type Looked<Item> = {
  readonly items: readonly Item[]
  readonly columns: readonly Column<Item>[]
  readonly textOf: (item: Item) => string
  readonly filter: ListFilter<Item> | undefined
  readonly pageSize: number
  readonly prefix: string | undefined
}

export function useList<Item>({ items, columns, textOf, filter, pageSize, prefix }: Looked<Item>) {
  const [view, change] = useListView(prefix)
  const sort: Sort = view.sort ?? { by: columns[0]?.id ?? '', isDescending: false }
  const { by, isDescending } = sort
  const sorted = useMemo(
    () => sortedBy(columns, { by, isDescending }, items),
    [columns, by, isDescending, items],
  )
  const option = filter && optionOf(filter, view)
  const matching = sorted.filter(
    item => (option?.shows(item) ?? true) && matches(textOf(item), view.text),
  )
  const pagesCount = Math.max(1, Math.ceil(matching.length / pageSize))
  const page = Math.min(view.page, pagesCount)
  const begin = (page - 1) * pageSize
  const shown = matching.slice(begin, begin + pageSize)
  return { view, change, sort, matching, shown, begin, page, pagesCount }
}
