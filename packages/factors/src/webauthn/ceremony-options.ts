// What a browser is asked for in the two ceremonies: the dictionaries of WebAuthn §5.4 and §5.5 in their JSON form, which
// `navigator.credentials` and `@simplewebauthn/browser` take.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialDescriptorJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { COSE_ALGORITHM_IDS } from './algorithms.ts'
import type { WebAuthnCredential } from './credential.ts'
import { invalid } from './relying-party.ts'

/** WebAuthn's UserVerificationRequirement. */
export type UserVerification = 'required' | 'preferred' | 'discouraged'

/** Enough of a credential to name it to a browser. */
export type NamedCredential = Pick<WebAuthnCredential, 'credentialId' | 'transports'>

/** What a registration asks for. */
export type RegistrationRequest = {
  readonly rpId: string
  /** Shown by some browsers. */
  readonly rpName: string
  readonly user: {
    /** The user handle: 1 to 64 bytes that say nothing of the person, the same at every ceremony of this user. */
    readonly id: Uint8Array
    readonly name: string
    readonly displayName: string
  }
  /** The user's credentials: an authenticator that holds one of them refuses to make another. */
  readonly excludeCredentials: readonly NamedCredential[]
  /** At least 16 random bytes, good for one ceremony and a few minutes. */
  readonly challenge: Uint8Array
  readonly userVerification: UserVerification
  /** `direct` asks for the authenticator's own statement, without which AAGUID and certifications stay unproved. */
  readonly attestation?: 'none' | 'direct' | 'enterprise'
  /** `preferred` lets phones keep and synchronise the credential; `discouraged` spares the few places of a security key. */
  readonly residentKey?: 'required' | 'preferred' | 'discouraged'
  readonly timeoutSeconds?: number
}

/** What a sign-in asks for. */
export type AuthenticationRequest = {
  readonly rpId: string
  /** At least 16 random bytes, good for one ceremony and a few minutes. */
  readonly challenge: Uint8Array
  /** The user's credentials and nobody else's. Needed even by resident keys: this is a second factor. */
  readonly allowCredentials: readonly NamedCredential[]
  readonly userVerification: UserVerification
  readonly timeoutSeconds?: number
}

/** WebAuthn §15.1 recommends five to ten minutes. */
const DEFAULT_TIMEOUT_SECONDS = 300

/** WebAuthn §13.4.3. */
const SHORTEST_CHALLENGE = 16

/** WebAuthn §5.4.3. */
const LONGEST_USER_ID = 64

/**
 * PublicKeyCredentialCreationOptions for `navigator.credentials.create`.
 * @throws FactorsError `InvalidWebAuthnOptions` for a challenge or a user handle of the wrong length
 */
export function registrationOptions(
  request: RegistrationRequest,
): PublicKeyCredentialCreationOptionsJSON {
  const { rpId, rpName, user, residentKey = 'preferred', attestation = 'direct' } = request
  const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = request
  checkChallenge(request.challenge)
  if (user.id.length === 0 || user.id.length > LONGEST_USER_ID) {
    throw invalid(`a user handle must have 1 to ${LONGEST_USER_ID} bytes`)
  }
  return {
    rp: { id: rpId, name: rpName },
    user: { id: base64url(user.id), name: user.name, displayName: user.displayName },
    challenge: base64url(request.challenge),
    pubKeyCredParams: COSE_ALGORITHM_IDS.map(alg => ({ type: 'public-key', alg })),
    timeout: timeoutSeconds * 1000,
    excludeCredentials: request.excludeCredentials.map(descriptorOf),
    authenticatorSelection: {
      residentKey,
      requireResidentKey: residentKey === 'required',
      userVerification: request.userVerification,
    },
    attestation,
    extensions: { credProps: true },
  }
}

/**
 * PublicKeyCredentialRequestOptions for `navigator.credentials.get`.
 * @throws FactorsError `InvalidWebAuthnOptions` for a challenge that is too short, or when the user has no credential: an
 *   empty list would let any credential of the relying party answer
 */
export function authenticationOptions(
  request: AuthenticationRequest,
): PublicKeyCredentialRequestOptionsJSON {
  const { rpId, challenge, allowCredentials, userVerification } = request
  const { timeoutSeconds = DEFAULT_TIMEOUT_SECONDS } = request
  checkChallenge(challenge)
  if (allowCredentials.length === 0) throw invalid('the user has no credential')
  return {
    rpId,
    challenge: base64url(challenge),
    timeout: timeoutSeconds * 1000,
    allowCredentials: allowCredentials.map(descriptorOf),
    userVerification,
  }
}

function descriptorOf({
  credentialId,
  transports,
}: NamedCredential): PublicKeyCredentialDescriptorJSON {
  // The library's list of transports is shorter than what authenticators say; browsers ignore what they do not know.
  const known = transports as NonNullable<PublicKeyCredentialDescriptorJSON['transports']>
  return { type: 'public-key', id: credentialId, transports: [...known] }
}

function checkChallenge(challenge: Uint8Array) {
  if (challenge.length < SHORTEST_CHALLENGE) {
    throw invalid(`a challenge must have ${SHORTEST_CHALLENGE} bytes at least`)
  }
}

function base64url(bytes: Uint8Array) {
  return Buffer.from(bytes).toString('base64url')
}
