// Where browsers find this server: the one origin that its pages have, and the name that security keys are bound to.

export type PublicOrigin = {
  /** `https://id.example.com` */
  readonly origin: string
  /** The relying party of security keys (https://www.w3.org/TR/webauthn-3/#relying-party-identifier): the host name. */
  readonly rpId: string
  /** Whether cookies and headers may rely on TLS. */
  readonly isSecure: boolean
  /** Whether nobody has configured it: then browsers that came to an address are led to the name. */
  readonly isAssumed: boolean
}

/** @param endpoint that the listener answers on, for a server without `--public-url` */
export function publicOrigin(configured: URL | undefined, endpoint: string): PublicOrigin {
  const { protocol, port } = new URL(endpoint)
  const { origin, hostname } = configured ?? new URL(`${protocol}//localhost:${port}`)
  return {
    origin,
    rpId: hostname,
    isSecure: origin.startsWith('https:'),
    isAssumed: configured === undefined,
  }
}
