// What a registration leaves behind: the credential record of WebAuthn §4, with what was found out about its authenticator.
import type { WebAuthnAlgorithm } from './algorithms.ts'
import type { Certifications } from './metadata.ts'

/** A public key credential, as the caller stores it. It holds no secret. */
export type WebAuthnCredential = {
  /** Base64url of at most 1023 bytes. The caller's store must hold it once only, whoever owns it. */
  readonly credentialId: string
  /** A COSE_Key. */
  readonly publicKey: Uint8Array
  readonly algorithm: WebAuthnAlgorithm
  /** The authenticator's counter; 0 for ever where it has none. */
  readonly signCount: number
  /** How the authenticator can be reached, for the next ceremony's options. */
  readonly transports: readonly string[]
  /** The authenticator's model as it says itself, a UUID; proved only by an attestation that is `trusted`. */
  readonly aaguid: string
  /** The attestation statement format as it was sent. */
  readonly attestationFormat: string
  readonly attestation: AttestationTrust
  /** What the metadata says of the model; empty unless the attestation is `trusted`. */
  readonly certifications: Certifications
  /** The flag BE: it may leave its authenticator. It never changes. */
  readonly backupEligible: boolean
  /** The flag BS: it is kept elsewhere at present. */
  readonly backupState: boolean
  /** It cannot leave its authenticator: the opposite of `backupEligible`. */
  readonly deviceBound: boolean
  /** The registration was verified by PIN, finger or face. */
  readonly userVerified: boolean
}

/**
 * How far the authenticator's word about itself can be relied on (WebAuthn §6.5.3). `none`: it said nothing, or in a format
 * that is not evaluated. `self`: signed with the credential's own key, which proves no model. `untrusted`: signed with a
 * certificate that leads to no root of the metadata. `trusted`: to one of the model's roots.
 */
export type AttestationTrust = 'none' | 'self' | 'untrusted' | 'trusted'
