// How somebody likes a list: page size, lines, columns. Kept in this browser.
import { useState } from 'react'

export type ListPreferences = {
  readonly pageSize: number
  readonly wrapLines: boolean
  readonly visible: readonly string[]
}

export const PAGE_SIZES = [10, 20, 50, 100] as const

/** @param name the list's: each has its own */
export function useListPreferences(
  name: string,
  columns: readonly { readonly id: string; readonly isHidden?: boolean }[],
) {
  const key = `twinlock-list-${name}`
  const [preferences, setPreferences] = useState(() => read(key, columns))
  const keep = (changed: ListPreferences) => {
    setPreferences(changed)
    localStorage.setItem(key, JSON.stringify(changed))
  }
  return [preferences, keep] as const
}

function read(
  key: string,
  columns: readonly { readonly id: string; readonly isHidden?: boolean }[],
): ListPreferences {
  const usual: ListPreferences = {
    pageSize: 20,
    wrapLines: false,
    visible: columns.filter(({ isHidden = false }) => !isHidden).map(({ id }) => id),
  }
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<ListPreferences>
    const known = kept.visible?.filter(id => columns.some(column => column.id === id))
    return { ...usual, ...kept, visible: known ?? usual.visible }
  } catch {
    // Written by something else: the usual will do.
    return usual
  }
}
