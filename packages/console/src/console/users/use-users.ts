// All users of the account with their credentials, read page after page; those that were read are there while others are on their way.
import type { InfiniteData } from '@tanstack/react-query'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { SigninOperations } from '@twinlock/server/console-api'
import { useEffect } from 'react'
import { ACCOUNT } from '../../api/queries.ts'
import { signin } from '../../api/signin.ts'
import type { Reading } from '../../api/reading.ts'
import type { UserCredentials } from './user-credentials.ts'
import { userOf } from './user-credentials.ts'

export type UsersReading = Reading<readonly UserCredentials[]> & {
  /** Whether these are all of them. */
  readonly isComplete: boolean
}

/** As many as are answered at once. */
const PAGE_SIZE = 1000

type Page = SigninOperations['ListUserCredentials']['output']

export function useUsers(): UsersReading {
  const { data, error, isFetching, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: [ACCOUNT, 'ListUserCredentials'],
    queryFn: ({ pageParam: Marker, signal }) =>
      signin('ListUserCredentials', { MaxItems: PAGE_SIZE, ...(Marker && { Marker }) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ Marker }: Page) => Marker,
    select: usersOf,
    // Comparing ten thousand users with those of before takes longer than drawing a page of them.
    structuralSharing: false,
  })
  const isWaiting = hasNextPage && !isFetching && error === null
  useEffect(() => {
    if (isWaiting) void fetchNextPage()
  }, [isWaiting, fetchNextPage])
  return { data, error, isFetching, refetch, isComplete: data !== undefined && !hasNextPage }
}

const usersOf = ({ pages }: InfiniteData<Page>): readonly UserCredentials[] =>
  pages.flatMap(({ Users }) => Users.map(userOf))
