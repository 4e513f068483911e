// A WebAuthn ceremony in the browser, and how it can end, in the words of a person rather than of the specification.
// https://www.w3.org/TR/webauthn-3/#sctn-op-make-cred
import {
  WebAuthnAbortService,
  WebAuthnError,
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { useEffect } from 'react'

/** Why a ceremony came to nothing. */
export type CeremonyFailure =
  | 'unsupported'
  | 'refused'
  | 'timed out'
  | 'already registered'
  | 'no user verification'
  | 'wrong address'
  | 'failed'

export class CeremonyError extends Error {
  override readonly name = 'CeremonyError'
  readonly failure: CeremonyFailure

  constructor(failure: CeremonyFailure, cause?: unknown) {
    super(FAILURES[failure], { cause })
    this.failure = failure
  }
}

const FAILURES: Readonly<Record<CeremonyFailure, string>> = {
  unsupported:
    'This browser has no support for passkeys and security keys. Use another browser, or choose another kind of device.',
  refused:
    'The request was cancelled, or the device did not answer. Nothing was changed. You can try again.',
  'timed out': 'The time to answer is over. Try again, and touch the key when it blinks.',
  'already registered':
    'This passkey or security key is registered already. Use another one, or remove it first.',
  'no user verification':
    'This security key cannot check who holds it. Set a PIN on the key, or use another one.',
  'wrong address':
    'Passkeys and security keys work at the address that this site was set up with, not at this one.',
  failed: 'The passkey or security key could not complete the request. Try again.',
}

/** @throws CeremonyError */
export function register(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<RegistrationResponseJSON> {
  return perform(optionsJSON.timeout, () => startRegistration({ optionsJSON }))
}

/** @throws CeremonyError */
export function authenticate(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON> {
  return perform(optionsJSON.timeout, () => startAuthentication({ optionsJSON }))
}

/** A page that is left takes the browser's dialog along. */
export function useCeremonyEnd(): void {
  useEffect(() => () => WebAuthnAbortService.cancelCeremony(), [])
}

async function perform<Answer>(timeout: number | undefined, ceremony: () => Promise<Answer>) {
  if (!browserSupportsWebAuthn()) throw new CeremonyError('unsupported')
  const started = performance.now()
  try {
    return await ceremony()
  } catch (error) {
    const isLate = timeout !== undefined && performance.now() - started >= timeout
    throw new CeremonyError(failureOf(error, isLate), error)
  }
}

/** Browsers answer NotAllowedError both to a refusal and to a time that ran out, lest pages learn which; our own clock can tell. */
function failureOf(error: unknown, isLate: boolean): CeremonyFailure {
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') {
    return isLate ? 'timed out' : 'refused'
  }
  if (error.name === 'InvalidStateError') return 'already registered'
  if (error.name === 'SecurityError') return 'wrong address'
  const code = error instanceof WebAuthnError ? error.code : undefined
  if (code === 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT')
    return 'no user verification'
  return 'failed'
}
