// What time it is for the service. This computer's clock may be wrong, and where a moment decides who is locked out, that would be a hole.
import { ApiError } from './api-error.ts'

/** A moment that is not before now on the service's clock, and at most a second after it. @throws ApiError it did not tell */
export async function serverTime(): Promise<Date> {
  const response = await fetch('/console/api/signin/GetSession', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    cache: 'no-store',
  }).catch(() => undefined)
  const told = Date.parse(response?.headers.get('date') ?? '')
  if (response?.ok !== true || Number.isNaN(told)) {
    const message = 'The service did not tell what time it is. Try again.'
    throw new ApiError('ServiceFailure', message, response?.status ?? 0)
  }
  // The header knows whole seconds only, and rounds down.
  return new Date(told + 1000)
}
