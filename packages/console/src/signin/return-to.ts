// Where sign-in leads back to.
/** The page of ours that was asked for; the server lets none other through. */
export function returnTo(): { readonly returnTo?: string } {
  const path = new URLSearchParams(location.search).get('returnTo')
  return path === null ? {} : { returnTo: path }
}
