// The requests that a question comes to: every action on every resource, as far as it is bearable.

export type Request = { readonly action: string; readonly resource: string }

/** All that AWS documents, on one resource, are below that. */
export const MOST_REQUESTS = 25_000

/** The first of them; there are as many as actions times resources. */
export function requestsFor(
  actions: readonly string[],
  resources: readonly string[],
): readonly Request[] {
  const enough = Math.ceil(MOST_REQUESTS / Math.max(1, resources.length))
  return actions
    .slice(0, enough)
    .flatMap(action => resources.map(resource => ({ action, resource })))
    .slice(0, MOST_REQUESTS)
}
