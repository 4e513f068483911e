// AWS's actions, resources and condition keys in the browser: fetched as a file of its own when the first editor opens, and kept.
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import type { Catalogue } from '@twinlock/catalogue/browser'
import { fetchCatalogue } from '@twinlock/catalogue/browser'

export type { Catalogue }

/** No part of the account: what is changed there makes it no older. */
export function useCatalogue(): UseQueryResult<Catalogue> {
  return useQuery({
    queryKey: ['catalogue'],
    // Whoever leaves the page before it is there may open the next editor: it is not broken off.
    queryFn: () => fetchCatalogue(),
    staleTime: Infinity,
    gcTime: Infinity,
    // It is made of functions, in which nothing can be compared.
    structuralSharing: false,
  })
}
