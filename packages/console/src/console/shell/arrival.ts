// Arriving at a page, as a document would: it has a title, the focus begins at its name, and a screen reader says so.
import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

export function useArrival(title: string): void {
  const { pathname } = useLocation()
  const left = useRef(pathname)
  useEffect(() => {
    document.title = `${title} · Twinlock`
  }, [title])
  useEffect(() => {
    // Of the first page the browser takes care itself.
    if (left.current !== pathname) focusHeading()
    left.current = pathname
  }, [pathname])
}

function focusHeading() {
  const heading = document.querySelector<HTMLElement>('main h1')
  if (heading === null) return
  heading.tabIndex = -1
  // Focus is moved here by us, not by the person's Tab: no ring is needed.
  heading.style.outline = 'none'
  heading.focus({ preventScroll: true })
}
