// The end of a browser session.
import { ApiError } from '../../api/api-error.ts'

/** Ends the session and leaves for the sign-in page, even if the session was over already. @throws ApiError it goes on */
export async function signOut(): Promise<void> {
  const response = await fetch('/console/api/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => undefined)
  if (response?.ok !== true) throw stillSignedIn(response?.status ?? 0)
  location.assign('/signin')
}

const stillSignedIn = (status: number) =>
  new ApiError(
    'ServiceFailure',
    'The service could not end your session: you are still signed in. Try again.',
    status,
  )
