// The credential's public key, a COSE_Key (RFC 9052 §7). It is checked when it is registered, because with attestation `none`
// nothing has been signed with it yet: a key that could not verify anything would lock its owner out, a weak one let others in.
import { createPublicKey } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import { COSE_ALGORITHMS } from './algorithms.ts'
import type { WebAuthnAlgorithm } from './algorithms.ts'
import { ensure } from './refusal.ts'

/** A COSE_Key's parameters by their labels. */
export type CoseKey = { readonly get: (label: number) => unknown }

/** The labels of RFC 9053 §7 and RFC 8230 §4: -1 to -3 mean what the key type says. */
const [KTY, ALG] = [1, 3]

/** Key type 2 on curve 1, 1 on curve 6, and 3. */
const JWKS: Readonly<Record<WebAuthnAlgorithm, (key: CoseKey) => JsonWebKey | undefined>> = {
  ES256: key =>
    key.get(KTY) === 2 && key.get(-1) === 1
      ? { kty: 'EC', crv: 'P-256', x: base64url(key.get(-2)), y: base64url(key.get(-3)) }
      : undefined,
  EdDSA: key =>
    key.get(KTY) === 1 && key.get(-1) === 6
      ? { kty: 'OKP', crv: 'Ed25519', x: base64url(key.get(-2)) }
      : undefined,
  RS256: key =>
    key.get(KTY) === 3
      ? { kty: 'RSA', n: base64url(key.get(-1)), e: base64url(key.get(-2)) }
      : undefined,
}

const [SHORTEST_RSA_BITS, LONGEST_RSA_BITS] = [2048, 8192]

/**
 * The algorithm of a key that can be used with it.
 * @throws RefusedCeremony `publicKey` for another algorithm, a point off its curve, a short or odd RSA key
 */
export function algorithmOfKey(key: CoseKey): WebAuthnAlgorithm {
  const algorithm = algorithmNamed(key.get(ALG))
  ensure(algorithm !== undefined, 'publicKey')
  const imported = importKey(JWKS[algorithm](key))
  ensure(imported !== undefined, 'publicKey')
  if (algorithm === 'RS256') {
    const { modulusLength = 0, publicExponent } = imported.asymmetricKeyDetails ?? {}
    ensure(modulusLength >= SHORTEST_RSA_BITS && modulusLength <= LONGEST_RSA_BITS, 'publicKey')
    ensure(publicExponent === 65_537n, 'publicKey')
  }
  return algorithm
}

function algorithmNamed(id: unknown) {
  const names = Object.keys(COSE_ALGORITHMS) as WebAuthnAlgorithm[]
  return names.find(name => COSE_ALGORITHMS[name] === id)
}

function importKey(jwk: JsonWebKey | undefined) {
  if (jwk === undefined) return undefined
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return undefined
  }
}

function base64url(value: unknown) {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64url') : ''
}
