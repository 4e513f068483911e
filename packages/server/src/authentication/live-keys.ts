// Authentication by a keyring whose keys come and go while the server runs.
import type { LiveKeyring } from '../keyring/live-keyring.ts'
import type { Authenticator } from './authenticate.ts'
import type { SessionTokens } from './session-tokens.ts'
import { sessionTokens } from './session-tokens.ts'

/** Session tokens of which nothing is remembered that a retired key has sealed. */
export function liveTokens(keyring: LiveKeyring): SessionTokens {
  const tokens = keyring.whileItStands(() => sessionTokens(keyring))
  return {
    seal: (session, minimumSize) => tokens().seal(session, minimumSize),
    open: token => tokens().open(token),
  }
}

/** Looks for new keys before it opens anything. */
export const withLiveKeys = (keyring: LiveKeyring, inner: Authenticator): Authenticator => ({
  ...inner,
  async authenticate(request, service, now) {
    await keyring.refresh(now)
    return inner.authenticate(request, service, now)
  },
})
