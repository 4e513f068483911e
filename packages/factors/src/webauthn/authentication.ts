// Signing in with a credential: WebAuthn §7.2, step by step. A pure function of the assertion and of what is stored of the
// credential; the caller spends the challenge before, and stores the new counter in the transaction that grants what was proved.
import { checkAuthenticatorData } from './authenticator-data.ts'
import type { AuthenticatorFlags } from './authenticator-data.ts'
import { parseAuthenticationResponse } from './browser-response.ts'
import type { AuthenticationResponse } from './browser-response.ts'
import { checkClientData } from './client-data.ts'
import type { WebAuthnCredential } from './credential.ts'
import { ownBytes, webAuthnLibrary } from './library.ts'
import { refusalOf, refusedAs, ensure } from './refusal.ts'
import type { CeremonyRefusal } from './refusal.ts'

/** What the browser answered, and what was expected of it. */
export type AuthenticationCeremony = {
  /** The browser's AuthenticationResponseJSON, unread. */
  readonly response: unknown
  /** The challenge of this ceremony, which the caller has spent: no second response may be verified with it. */
  readonly expectedChallenge: Uint8Array
  readonly expectedOrigins: readonly string[]
  readonly rpId: string
  readonly requireUserVerification: boolean
  /** The one of this user's credentials that `findCredentialId` names. */
  readonly credential: Pick<
    WebAuthnCredential,
    'credentialId' | 'publicKey' | 'signCount' | 'backupEligible'
  >
  /** The user handle that the user's credentials were registered with. */
  readonly userHandle: Uint8Array
}

/**
 * What an assertion came to. `proved`: the caller stores the counter and the backup state. `cloned`: the signature is good, but
 * its counter is not above the last one, so that a copy of the key may be in use (§6.1.1): nothing may be granted and
 * the counter is to stay. A caller from outside must not learn `cloned` from `wrong`.
 */
export type AuthenticationVerification =
  | ({ readonly outcome: 'proved' } & AssertionFacts)
  | { readonly outcome: 'cloned'; readonly signCount: number }
  | { readonly outcome: 'wrong'; readonly reason: CeremonyRefusal }

/** What a good assertion tells. */
export type AssertionFacts = {
  readonly signCount: number
  readonly backupState: boolean
  /** Verified by PIN, finger or face: two factors in one. */
  readonly userVerified: boolean
  /** The key cannot leave its authenticator. */
  readonly deviceBound: boolean
  /** Always: the signature is bound to the origin, which no other page can have. */
  readonly phishingResistant: true
}

/** Verifies what the browser sent at the end of a sign-in. Nothing that it could have sent makes this throw. */
export async function verifyAuthentication(
  ceremony: AuthenticationCeremony,
): Promise<AuthenticationVerification> {
  try {
    const { signCount, backupState, userVerified, backupEligible } = await verifiedFlags(ceremony)
    if (isCounterBehind(ceremony.credential.signCount, signCount)) {
      return { outcome: 'cloned', signCount }
    }
    const deviceBound = !backupEligible
    const facts = { signCount, backupState, userVerified, deviceBound } as const
    return { outcome: 'proved', ...facts, phishingResistant: true }
  } catch (error) {
    return { outcome: 'wrong', reason: refusalOf(error) }
  }
}

/** §7.2, step 22. Authenticators without a counter, and synchronised passkeys, send 0 for ever. */
function isCounterBehind(stored: number, received: number) {
  return (stored > 0 || received > 0) && received <= stored
}

async function verifiedFlags(ceremony: AuthenticationCeremony): Promise<AuthenticatorFlags> {
  const { credential, userHandle } = ceremony
  const response = parseAuthenticationResponse(ceremony.response)
  ensure(response.credentialId.toString('base64url') === credential.credentialId, 'credentialId')
  ensure(response.userHandle?.equals(userHandle) ?? true, 'userHandle')
  checkClientData(response.clientDataJson, {
    type: 'webauthn.get',
    challenge: ceremony.expectedChallenge,
    origins: ceremony.expectedOrigins,
  })
  const flags = checkAuthenticatorData(response.authenticatorData, ceremony)
  ensure(flags.backupEligible === credential.backupEligible, 'backupEligibility')
  await verifySignature(ceremony, response)
  return flags
}

/** §7.2, steps 20 and 21. The library repeats the checks above, and verifies the signature. */
async function verifySignature(
  { credential, ...expected }: AuthenticationCeremony,
  response: AuthenticationResponse,
) {
  const { ceremonies } = await webAuthnLibrary()
  const { credentialId } = credential
  const { verified } = await refusedAs('signature', () =>
    ceremonies.verifyAuthenticationResponse({
      response: {
        id: credentialId,
        rawId: credentialId,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: response.clientDataJson.toString('base64url'),
          authenticatorData: response.authenticatorData.toString('base64url'),
          signature: response.signature.toString('base64url'),
        },
      },
      expectedChallenge: Buffer.from(expected.expectedChallenge).toString('base64url'),
      expectedOrigin: [...expected.expectedOrigins],
      expectedRPID: expected.rpId,
      requireUserVerification: expected.requireUserVerification,
      // The library compares counters before it verifies the signature. With 0 it lets all pass: a clone is told from a
      // forgery only once the signature is known to be good.
      credential: { id: credentialId, publicKey: ownBytes(credential.publicKey), counter: 0 },
    }),
  )
  ensure(verified, 'signature')
}
