// What a browser posts at the end of a ceremony: RegistrationResponseJSON and AuthenticationResponseJSON (WebAuthn §5.1.8,
// §5.1.9), taken for hostile: shapes, alphabets and lengths are checked before anything is decoded.
import { ensure } from './refusal.ts'

/** A registration, decoded. */
export type RegistrationResponse = {
  readonly credentialId: Buffer
  readonly clientDataJson: Buffer
  readonly attestationObject: Buffer
  readonly transports: readonly string[]
}

/** An assertion, decoded. */
export type AuthenticationResponse = {
  readonly credentialId: Buffer
  readonly clientDataJson: Buffer
  readonly authenticatorData: Buffer
  readonly signature: Buffer
  readonly userHandle: Buffer | undefined
}

/** WebAuthn §7.1, step 25. */
const LONGEST_CREDENTIAL_ID = 1023
/** WebAuthn §5.4.3. */
const LONGEST_USER_HANDLE = 64
/** A few hundred bytes are usual; an origin and a top origin may be long. */
const LONGEST_CLIENT_DATA = 8 * 1024
/** A TPM's statement with its chain of certificates is about eight kilobytes. */
const LONGEST_ATTESTATION_OBJECT = 64 * 1024
/** 37 bytes and extensions. */
const LONGEST_AUTHENTICATOR_DATA = 8 * 1024
/** An RSA signature of 8192 bits. */
const LONGEST_SIGNATURE = 1024

const MOST_TRANSPORTS = 8
const TRANSPORT = /^[a-z][a-z-]{0,31}$/

/** @throws RefusedCeremony `malformed` */
export function parseRegistrationResponse(value: unknown): RegistrationResponse {
  const { credentialId, response } = parseCredential(value)
  return {
    credentialId,
    clientDataJson: bytesOf(response['clientDataJSON'], LONGEST_CLIENT_DATA),
    attestationObject: bytesOf(response['attestationObject'], LONGEST_ATTESTATION_OBJECT),
    transports: transportsOf(response['transports']),
  }
}

/** @throws RefusedCeremony `malformed` */
export function parseAuthenticationResponse(value: unknown): AuthenticationResponse {
  const { credentialId, response } = parseCredential(value)
  const handle = response['userHandle']
  const hasHandle = handle !== undefined && handle !== null && handle !== ''
  return {
    credentialId,
    clientDataJson: bytesOf(response['clientDataJSON'], LONGEST_CLIENT_DATA),
    authenticatorData: bytesOf(response['authenticatorData'], LONGEST_AUTHENTICATOR_DATA),
    signature: bytesOf(response['signature'], LONGEST_SIGNATURE),
    userHandle: hasHandle ? bytesOf(handle, LONGEST_USER_HANDLE) : undefined,
  }
}

/** The id of the credential that a response is about, as it is stored; undefined when it is no response at all. */
export function findCredentialId(value: unknown): string | undefined {
  try {
    return parseCredential(value).credentialId.toString('base64url')
  } catch {
    return undefined
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function parseCredential(value: unknown) {
  const { id, rawId, type, response } = objectOf(value)
  ensure(type === 'public-key' && id === rawId, 'malformed')
  return { credentialId: bytesOf(id, LONGEST_CREDENTIAL_ID), response: objectOf(response) }
}

function objectOf(value: unknown): JsonObject {
  ensure(typeof value === 'object' && value !== null && !Array.isArray(value), 'malformed')
  return value as JsonObject
}

/** Base64url without padding, in its one canonical form: a value cannot be written in two ways. */
function bytesOf(value: unknown, mostBytes: number): Buffer {
  ensure(typeof value === 'string' && value !== '', 'malformed')
  ensure(value.length <= Math.ceil((mostBytes * 4) / 3), 'malformed')
  const bytes = Buffer.from(value, 'base64url')
  ensure(bytes.toString('base64url') === value, 'malformed')
  return bytes
}

/** A browser's hints for the next ceremony: no decision depends on them, and unknown ones are left out. */
function transportsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return []
  const transports = value.slice(0, MOST_TRANSPORTS).filter(transport => {
    return typeof transport === 'string' && TRANSPORT.test(transport)
  })
  return [...new Set(transports)]
}
