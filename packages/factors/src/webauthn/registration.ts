// Registering a new credential: WebAuthn §7.1, step by step. A pure function of the response and of what was asked for; the
// caller keeps the challenge and spends it before it asks.
import { COSE_ALGORITHM_IDS } from './algorithms.ts'
import { isEvaluated, judgeAttestation } from './attestation.ts'
import type { AttestationStatement } from './attestation.ts'
import { checkAuthenticatorData } from './authenticator-data.ts'
import { parseRegistrationResponse } from './browser-response.ts'
import type { RegistrationResponse } from './browser-response.ts'
import { checkClientData } from './client-data.ts'
import type { WebAuthnCredential } from './credential.ts'
import { ownBytes, webAuthnLibrary } from './library.ts'
import type { WebAuthnLibrary } from './library.ts'
import type { AuthenticatorMetadata } from './metadata.ts'
import { algorithmOfKey } from './public-key.ts'
import type { CoseKey } from './public-key.ts'
import { refusalOf, refusedAs, ensure } from './refusal.ts'
import type { CeremonyRefusal } from './refusal.ts'

/** What the browser answered, and what was expected of it. */
export type RegistrationCeremony = {
  /** The browser's RegistrationResponseJSON, unread. */
  readonly response: unknown
  /** The challenge of this ceremony, which the caller has spent: no second response may be verified with it. */
  readonly expectedChallenge: Uint8Array
  readonly expectedOrigins: readonly string[]
  readonly rpId: string
  readonly requireUserVerification: boolean
  /** Without it no attestation is trusted and no certification known. */
  readonly metadata?: AuthenticatorMetadata
  /** Seconds since the epoch, for the validity of attestation certificates. */
  readonly now: number
}

/** What a registration came to. That the credential is nobody's yet, the caller's store has to ensure (§7.1, step 26). */
export type RegistrationVerification =
  | { readonly outcome: 'registered'; readonly credential: WebAuthnCredential }
  | { readonly outcome: 'refused'; readonly reason: CeremonyRefusal }

/** Verifies what the browser sent at the end of a registration. Nothing that it could have sent makes this throw. */
export async function verifyRegistration(
  ceremony: RegistrationCeremony,
): Promise<RegistrationVerification> {
  try {
    return { outcome: 'registered', credential: await registeredCredential(ceremony) }
  } catch (error) {
    return { outcome: 'refused', reason: refusalOf(error) }
  }
}

async function registeredCredential(ceremony: RegistrationCeremony): Promise<WebAuthnCredential> {
  const response = parseRegistrationResponse(ceremony.response)
  checkClientData(response.clientDataJson, {
    type: 'webauthn.create',
    challenge: ceremony.expectedChallenge,
    origins: ceremony.expectedOrigins,
  })
  const library = await webAuthnLibrary()
  const attested = await refusedAs('malformed', () => decodeAttested(library, response))
  const flags = checkAuthenticatorData(attested.authenticatorData, ceremony)
  ensure(response.credentialId.equals(attested.credentialId), 'credentialId')
  const algorithm = algorithmOfKey(attested.key)
  await verifyStatement(library, ceremony, response, attested)

  const { metadata = new Map(), now } = ceremony
  return {
    credentialId: response.credentialId.toString('base64url'),
    publicKey: attested.publicKey,
    algorithm,
    signCount: flags.signCount,
    transports: response.transports,
    aaguid: attested.statement.aaguid,
    attestationFormat: attested.statement.format,
    ...judgeAttestation(attested.statement, metadata, now),
    backupEligible: flags.backupEligible,
    backupState: flags.backupState,
    deviceBound: !flags.backupEligible,
    userVerified: flags.userVerified,
  }
}

/** The attestation object, taken apart. */
type Attested = {
  readonly authenticatorData: Uint8Array<ArrayBuffer>
  readonly credentialId: Uint8Array
  readonly publicKey: Uint8Array
  readonly key: CoseKey
  readonly statement: AttestationStatement
}

/** Long enough for every registered format name. */
const FORMAT = /^[\x21-\x7e]{1,32}$/

function decodeAttested({ decoders }: WebAuthnLibrary, response: RegistrationResponse): Attested {
  const decoded = decoders.decodeAttestationObject(ownBytes(response.attestationObject))
  const authenticatorData: unknown = decoded.get('authData')
  const format: unknown = decoded.get('fmt')
  ensure(authenticatorData instanceof Uint8Array, 'malformed')
  ensure(typeof format === 'string' && FORMAT.test(format), 'malformed')

  const bytes = ownBytes(authenticatorData)
  const { aaguid, credentialID, credentialPublicKey } = decoders.parseAuthenticatorData(bytes)
  ensure(aaguid?.length === 16 && credentialID !== undefined, 'malformed')
  ensure(credentialPublicKey !== undefined, 'malformed')
  const key: unknown = decoders.decodeCredentialPublicKey(credentialPublicKey)
  ensure(key instanceof Map, 'malformed')
  return {
    authenticatorData: bytes,
    credentialId: credentialID,
    publicKey: credentialPublicKey,
    key,
    statement: {
      format,
      certificates: isEvaluated(format) ? certificatesOf(decoded.get('attStmt')) : [],
      aaguid: decoders.convertAAGUIDToString(aaguid),
    },
  }
}

function certificatesOf(statement: unknown): readonly Uint8Array[] {
  const chain: unknown = statement instanceof Map ? statement.get('x5c') : undefined
  if (chain === undefined) return []
  ensure(Array.isArray(chain) && chain.length > 0, 'malformed')
  ensure(
    chain.every(certificate => certificate instanceof Uint8Array),
    'malformed',
  )
  return chain
}

/** §7.1, steps 19 to 21. The library repeats the checks above, and verifies the statement. */
async function verifyStatement(
  library: WebAuthnLibrary,
  ceremony: RegistrationCeremony,
  response: RegistrationResponse,
  attested: Attested,
) {
  const id = response.credentialId.toString('base64url')
  const { verified } = await refusedAs('attestation', () =>
    library.ceremonies.verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: response.clientDataJson.toString('base64url'),
          attestationObject: evaluatedObject(library, response, attested).toString('base64url'),
        },
      },
      expectedChallenge: Buffer.from(ceremony.expectedChallenge).toString('base64url'),
      expectedOrigin: [...ceremony.expectedOrigins],
      expectedRPID: ceremony.rpId,
      requireUserVerification: ceremony.requireUserVerification,
      supportedAlgorithmIDs: [...COSE_ALGORITHM_IDS],
    }),
  )
  ensure(verified, 'attestation')
}

/** The attestation object, or one of format `none` where the statement is set aside. */
function evaluatedObject(
  { decoders }: WebAuthnLibrary,
  { attestationObject }: RegistrationResponse,
  { statement, authenticatorData }: Attested,
) {
  if (isEvaluated(statement.format)) return attestationObject
  const none = new Map<string, string | Map<string, string> | Uint8Array>()
  none.set('fmt', 'none').set('attStmt', new Map()).set('authData', authenticatorData)
  return Buffer.from(decoders.isoCBOR.encode(none))
}
