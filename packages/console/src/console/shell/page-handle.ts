// What a page is called in breadcrumbs and titles: told where its route is, because only the router knows what it stands below.

type Params = Readonly<Record<string, string | undefined>>

/** A page's name, perhaps by what its address names. */
export type PageHandle = { readonly crumb: string | ((params: Params) => string) }

/** What `useMatches` tells of one route. */
export type PageMatch = {
  readonly pathname: string
  readonly params: Params
  readonly handle: unknown
}

export type Crumb = { readonly text: string; readonly pathname: string }

/** From the first page to the one that is shown. */
export function crumbsOf(matches: readonly PageMatch[]): readonly Crumb[] {
  return matches.flatMap(({ pathname, params, handle }) => {
    if (!isPageHandle(handle)) return []
    const { crumb } = handle
    return [{ pathname, text: typeof crumb === 'string' ? crumb : crumb(params) }]
  })
}

function isPageHandle(handle: unknown): handle is PageHandle {
  return typeof handle === 'object' && handle !== null && 'crumb' in handle
}
