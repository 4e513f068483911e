// What is selected in a list: what stands ticked in it, and nothing else.
import { useState } from 'react'

export type Selection =
  /** The list keeps it, for its buttons: of the rows that are shown, those that are ticked. */
  | 'single'
  | 'multi'
  /** The page keeps it, by ids. */
  | {
      readonly type: 'single' | 'multi'
      readonly ids: readonly string[]
      readonly onChange: (ids: readonly string[]) => void
    }

type Rows<Item> = { readonly all: readonly Item[]; readonly shown: readonly Item[] }

export function useSelection<Item>(
  selection: Selection | undefined,
  idOf: (item: Item) => string,
  { all, shown }: Rows<Item>,
) {
  const [ownIds, setOwnIds] = useState<readonly string[]>([])
  const isOwn = typeof selection !== 'object'
  const ids = new Set(isOwn ? ownIds : selection.ids)
  const setIds = isOwn ? setOwnIds : selection.onChange
  return {
    type: isOwn ? selection : selection.type,
    selected: (isOwn ? shown : all).filter(item => ids.has(idOf(item))),
    select: (items: readonly Item[]) => setIds(items.map(idOf)),
  }
}
