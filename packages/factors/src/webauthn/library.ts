// `@simplewebauthn/server`, behind one door. What is needed of it, or of any replacement: to decode CBOR of bounded length,
// to verify the statements of WebAuthn §8 and signatures by COSE keys, and to reach for no network with the formats that
// it is given (`attestation.ts` sees to that).

/** The library and its decoders, loaded at first use: 0.2 s and 22 MB that a server without security keys is spared. */
export async function webAuthnLibrary() {
  const [ceremonies, decoders] = await Promise.all([
    import('@simplewebauthn/server'),
    import('@simplewebauthn/server/helpers'),
  ])
  return { ceremonies, decoders }
}

/** What `webAuthnLibrary` gives. */
export type WebAuthnLibrary = Awaited<ReturnType<typeof webAuthnLibrary>>

/** A copy in a buffer of its own, as the library's types ask. */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
