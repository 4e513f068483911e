// What a page is called in breadcrumbs and titles: told where its route is, because only the router knows what it stands below.
import { useLocation, useMatches } from 'react-router'

type Params = Readonly<Record<string, string | undefined>>

/** A page's name, perhaps by what its address names, in the path or in the query. */
export type PageHandle = {
  readonly crumb: string | ((params: Params, query: URLSearchParams) => string)
}

/** What `useMatches` tells of one route. */
type PageMatch = {
  readonly pathname: string
  readonly params: Params
  readonly handle: unknown
}

type Crumb = { readonly text: string; readonly pathname: string }

/** The pages from the first to the one that is shown. */
export function useCrumbs(): readonly Crumb[] {
  const { search } = useLocation()
  return crumbsOf(useMatches(), new URLSearchParams(search))
}

/** From the first page to the one that is shown. */
function crumbsOf(matches: readonly PageMatch[], query: URLSearchParams): readonly Crumb[] {
  return matches.flatMap(({ pathname, params, handle }) => {
    if (!isPageHandle(handle)) return []
    const { crumb } = handle
    return [{ pathname, text: typeof crumb === 'string' ? crumb : crumb(params, query) }]
  })
}

function isPageHandle(handle: unknown): handle is PageHandle {
  return typeof handle === 'object' && handle !== null && 'crumb' in handle
}
