// What a page knows of something that it reads: TanStack Query's result, as far as pages look at it.
import { isAccessDenied, isNoSuchEntity } from './api-error.ts'

export type Reading<Value> = {
  readonly data: Value | undefined
  readonly error: Error | null
  readonly isFetching: boolean
  readonly refetch: () => unknown
}

/**
 * What was read, as far as it still holds. A server that cannot answer for a while takes back nothing that it said, and what somebody typed
 * meanwhile must not go; who may not see a thing any longer, or whose thing is gone, is shown no old one.
 */
export function known<Value>({
  data,
  error,
}: Pick<Reading<Value>, 'data' | 'error'>): Value | undefined {
  return isAccessDenied(error) || isNoSuchEntity(error) ? undefined : data
}
