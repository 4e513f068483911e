// The end of a browser session.
import { ApiError } from '../../api/api-error.ts'
import { endSession } from '../../api/page-session.ts'

/** Ends the session and leaves for the sign-in page, even if the session was over already. @throws ApiError it goes on */
export async function signOut(): Promise<void> {
  try {
    await endSession()
  } catch (error) {
    throw stillSignedIn(error instanceof ApiError ? error : undefined)
  }
  location.assign('/signin')
}

function stillSignedIn(refusal: ApiError | undefined): ApiError {
  if (refusal?.code === 'SessionChanged') return refusal
  return new ApiError(
    'ServiceFailure',
    'The service could not end your session: you are still signed in. Try again.',
    refusal?.status ?? 0,
  )
}
