// The end of a browser session.

/** Ends the session and leaves for the sign-in page, even if the session was over already. */
export async function signOut(): Promise<void> {
  await fetch('/console/api/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => undefined)
  location.assign('/signin')
}
