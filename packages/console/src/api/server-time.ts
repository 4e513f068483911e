// What time it is for the service. This computer's clock may be wrong, and where a moment decides who is locked out, that would be a hole.
import { ApiError } from './api-error.ts'
import { ask } from './page-session.ts'

/** A moment that is not before now on the service's clock, and at most a second after it. @throws ApiError it did not tell */
export async function serverTime(): Promise<Date> {
  const { date } = await ask({ path: 'signin/GetSession' })
  const told = Date.parse(date ?? '')
  if (Number.isNaN(told)) {
    throw new ApiError('ServiceFailure', 'The service did not tell what time it is. Try again.', 0)
  }
  // The header knows whole seconds only, and rounds down.
  return new Date(told + 1000)
}
