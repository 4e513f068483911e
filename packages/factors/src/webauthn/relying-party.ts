// Who asks for credentials: the relying party's id and origin, from the address at which people reach the service.
import { isIP } from 'node:net'
import { FactorsError } from '../errors.ts'

/** The RP ID that credentials are scoped to, and the origin that ceremonies must come from (WebAuthn §4). */
export type RelyingParty = { readonly rpId: string; readonly origin: string }

/**
 * The relying party behind a public URL: its host, and nothing wider.
 * @throws FactorsError `InvalidWebAuthnOptions` for what browsers refuse: an IP address, or http anywhere but on localhost
 */
export function relyingPartyOf(publicUrl: string): RelyingParty {
  const url = URL.parse(publicUrl)
  if (url === null) throw invalid('the public URL cannot be read')
  const { protocol, hostname, origin } = url
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost')
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) {
    throw invalid('the public URL must be https, or http on localhost')
  }
  if (hostname === '' || isIP(hostname.replaceAll(/[[\]]/g, '')) > 0) {
    throw invalid(
      'the public URL must name a host; browsers register no security key for an address',
    )
  }
  return { rpId: hostname, origin }
}

/** What whoever runs the service has to correct. */
export function invalid(reason: string) {
  return new FactorsError('InvalidWebAuthnOptions', `WebAuthn is not possible: ${reason}.`)
}
