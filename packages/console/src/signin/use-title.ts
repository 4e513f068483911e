// The page's title follows the step: screen readers say it, and histories keep it.
import { useEffect } from 'react'

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Twinlock`
  }, [title])
}
