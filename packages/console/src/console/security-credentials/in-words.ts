// Errors of the console in the steps that sign-in has too, which know words alone.
import { ApiError } from '../../api/api-error.ts'

/** The service's own words, and by what the audit knows the request; what is no refusal is a fault of the page. */
export function inWords(error: unknown): string {
  if (!(error instanceof ApiError)) {
    return 'Something went wrong on this page. Reload it and try again.'
  }
  const { message, code, requestId } = error
  return requestId === undefined ? message : `${message} (${code}, request ${requestId})`
}
