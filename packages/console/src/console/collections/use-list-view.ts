// A list's view kept where it belongs. In the address, so that a link and the back button come to the same list; or in the list itself,
// where it stands in a form or a dialog, whose address is the page's.
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { ListView } from './list-view.ts'
import { FROM_THE_START, viewIn, withView } from './list-view.ts'

/** @param prefix of its parameters in the address; undefined: it is not told there */
export function useListView(prefix: string | undefined) {
  const [own, setOwn] = useState(FROM_THE_START)
  const [address, setAddress] = useSearchParams()
  const view = prefix === undefined ? own : viewIn(address, prefix)
  const change = (changed: Partial<ListView>) => {
    const next = { ...view, ...changed }
    if (prefix === undefined) setOwn(next)
    // At once, or letters that are typed fast would be lost.
    else setAddress(before => withView(before, prefix, next), IN_PLACE)
  }
  return [view, change] as const
}

const IN_PLACE = { replace: true, preventScrollReset: true, flushSync: true } as const
