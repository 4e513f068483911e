// Links to pages of the console, as Cloudscape's components take them: the router follows a plain click, and everything else that one does
// with a link (open it in a new tab, copy it) works by its address.
import { useHref, useNavigate } from 'react-router'

type Followed = {
  readonly preventDefault: () => void
  readonly detail: { readonly href?: string | undefined; readonly external?: boolean | undefined }
}

export function useFollow() {
  const navigate = useNavigate()
  const base = useHref('/')
  /** The address of a page that the router knows by that path. */
  const hrefOf = (to: string) => base + to
  const follow = (event: Followed) => {
    const { href = base, external = false } = event.detail
    if (external) return
    event.preventDefault()
    void navigate(href.slice(base.length) || '/')
  }
  return { hrefOf, follow }
}
