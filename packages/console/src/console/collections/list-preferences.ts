// How somebody likes a list: page size, lines, columns. Kept in this browser.
import { useState } from 'react'
import { keep, membersOf, readKept } from '../../kept.ts'

export type ListPreferences = {
  readonly pageSize: number
  readonly wrapLines: boolean
  /** What was chosen, by column; a column that nobody has chosen about is shown as it is meant to be. */
  readonly columns: Readonly<Record<string, boolean>>
}

export const PAGE_SIZES = [10, 20, 50, 100] as const

const USUAL: ListPreferences = { pageSize: 20, wrapLines: true, columns: {} }

/** @param id the list's: each has its own */
export function useListPreferences(id: string) {
  const key = `twinlock-list-${id}`
  const [preferences, setPreferences] = useState(() => readKept(key, preferencesIn) ?? USUAL)
  const prefer = (changed: ListPreferences) => {
    setPreferences(changed)
    keep(key, JSON.stringify(changed))
  }
  return [preferences, prefer] as const
}

type Shown = { readonly id: string; readonly isRowHeader?: boolean; readonly isHidden?: boolean }

/** The names of rows are always shown. */
export function isShown(
  { id, isRowHeader = false, isHidden = false }: Shown,
  { columns }: ListPreferences,
): boolean {
  return isRowHeader || (columns[id] ?? !isHidden)
}

export function preferencesIn(text: string): ListPreferences {
  const { pageSize, wrapLines, columns } = membersOf(text)
  return {
    pageSize: PAGE_SIZES.find(size => size === pageSize) ?? USUAL.pageSize,
    wrapLines: typeof wrapLines === 'boolean' ? wrapLines : USUAL.wrapLines,
    columns: Object.fromEntries(
      Object.entries(columns ?? {}).filter(
        (choice): choice is [string, boolean] => typeof choice[1] === 'boolean',
      ),
    ),
  }
}
