import { ApiError } from '../../api/api-error.ts'

/** An error for the person who met it: the service's own words, where it is a refusal. */
export const inWords = (error: unknown): string =>
  error instanceof ApiError
    ? error.message
    : 'Something went wrong on this page. Reload it and try again.'
