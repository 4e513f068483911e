// What pages read, kept by TanStack Query: a page names the operation and its input, and is drawn again when the answer changes.
// Whatever a page changes, everything of the account that is shown is read anew: the store answers own writes at once.
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { ApiError } from './api-error.ts'
import { isAccessDenied, isNoSuchEntity, unlessMissing } from './api-error.ts'
import type { Iam } from './iam.ts'
import { iam } from './iam.ts'
import { readPages } from './pages.ts'
import type { ItemOf, ListIn } from './operations-of.ts'

/** The first member of the key of everything that is read from the account: with it, all of it is read anew. */
export const ACCOUNT = 'account'

const MINUTE_MS = 60_000

/** What is read is believed for a minute, and refusals are not tried again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: MINUTE_MS,
        retry: (failures, error) => failures < 2 && isWorthAnotherTry(error),
      },
    },
  })
}

function isWorthAnotherTry(error: Error): boolean {
  const { status } = error as ApiError
  return !isNoSuchEntity(error) && !isAccessDenied(error) && (status === 0 || status >= 500)
}

type Asked = { readonly enabled?: boolean }

/** One answer of IAM. */
export function useIam<Name extends keyof Iam>(
  operation: Name,
  input: Iam[Name]['input'],
  options: Asked = {},
): UseQueryResult<Iam[Name]['output']> {
  return useQuery({
    queryKey: [ACCOUNT, operation, input],
    queryFn: ({ signal }) => iam(operation, input, signal),
    ...options,
  })
}

/** One answer of IAM; null where what was asked for does not exist. */
export function useIamIfThere<Name extends keyof Iam>(
  operation: Name,
  input: Iam[Name]['input'],
): UseQueryResult<Iam[Name]['output'] | null> {
  return useQuery({
    queryKey: [ACCOUNT, operation, input, 'if there'],
    queryFn: async ({ signal }) => (await unlessMissing(iam(operation, input, signal))) ?? null,
  })
}

/** A whole list of IAM, all its pages together. */
export function useIamList<
  Name extends keyof Iam,
  List extends ListIn<Iam[Name]['output']> & keyof Iam[Name]['output'] & string,
>(
  operation: Name,
  list: List,
  input: Iam[Name]['input'],
  options: Asked = {},
): UseQueryResult<readonly ItemOf<Iam[Name]['output'], List>[]> {
  return useQuery({
    queryKey: [ACCOUNT, operation, input, 'all'],
    queryFn: ({ signal }) => readPages(operation, list, input, signal),
    ...options,
  })
}

export type Change<Input, Output> = Pick<
  UseMutationResult<Output, Error, Input>,
  'isPending' | 'error' | 'data'
> & {
  /** Does it, unless it is under way: a second press of Enter does nothing twice. */
  readonly mutate: (input: Input) => void
}

/**
 * Something that changes the account.
 * @param done what comes then, and comes first: a page that shows what is gone must be left before it is read anew
 */
export function useChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  done: (output: Output) => unknown = () => undefined,
): Change<Input, Output> {
  const queries = useQueryClient()
  const isUnderWay = useRef(false)
  const { isPending, error, data, mutate } = useMutation({
    mutationFn: change,
    // What was sent and answered may be secret: it goes with who asked for it.
    gcTime: 0,
    onSuccess: async output => {
      await done(output)
    },
    async onSettled(_, refusal) {
      const reread = queries.invalidateQueries({ queryKey: [ACCOUNT] })
      // Also after a refusal: it may be that somebody else was faster. But that is no reason to wait with its words.
      if (refusal === null) await reread
    },
  })
  return {
    isPending,
    error,
    data,
    mutate(input) {
      if (isUnderWay.current) return
      isUnderWay.current = true
      mutate(input, { onSettled: () => void (isUnderWay.current = false) })
    },
  }
}
