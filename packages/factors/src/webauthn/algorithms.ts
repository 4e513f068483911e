// The signature algorithms that are offered and accepted, in order of preference: what authenticators have, and no more.

/** COSE's names (RFC 9053, RFC 8812). EdDSA is Ed25519. */
export type WebAuthnAlgorithm = 'ES256' | 'EdDSA' | 'RS256'

/** COSE's numbers, which go over the wire. */
export const COSE_ALGORITHMS: Readonly<Record<WebAuthnAlgorithm, number>> = {
  ES256: -7,
  EdDSA: -8,
  RS256: -257,
}

/** The numbers in order of preference. */
export const COSE_ALGORITHM_IDS: readonly number[] = Object.values(COSE_ALGORITHMS)
