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
  | 'refused or not verified'
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
  'refused or not verified':
    'The request was cancelled, or the device could not check who holds it. Your account asks for a PIN, a fingerprint or a face: set one up on the device, or use another one.',
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
  const { timeout, authenticatorSelection } = optionsJSON
  const isVerified = authenticatorSelection?.userVerification === 'required'
  return perform({ timeout, isVerified }, () => startRegistration({ optionsJSON }))
}

/** @throws CeremonyError */
export function authenticate(
  optionsJSON: PublicKeyCredentialRequestOptionsJSON,
): Promise<AuthenticationResponseJSON> {
  const { timeout, userVerification } = optionsJSON
  const isVerified = userVerification === 'required'
  return perform({ timeout, isVerified }, () => startAuthentication({ optionsJSON }))
}

/** A page that is left takes the browser's dialog along. */
export function useCeremonyEnd(): void {
  useEffect(() => () => WebAuthnAbortService.cancelCeremony(), [])
}

/** What was asked for, as far as it tells why nothing came of it. */
type Asked = {
  readonly timeout: number | undefined
  /** Whether the device must make sure of who holds it. */
  readonly isVerified: boolean
}

async function perform<Answer>(asked: Asked, ceremony: () => Promise<Answer>): Promise<Answer> {
  if (!browserSupportsWebAuthn()) throw new CeremonyError('unsupported')
  const started = performance.now()
  try {
    return await ceremony()
  } catch (error) {
    throw new CeremonyError(failureOf(error, asked, performance.now() - started), error)
  }
}

function failureOf(error: unknown, asked: Asked, elapsed: number): CeremonyFailure {
  if (!(error instanceof Error)) return 'failed'
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') {
    return refusalOf(asked, elapsed)
  }
  if (error.name === 'InvalidStateError') return 'already registered'
  if (error.name === 'SecurityError') return 'wrong address'
  const code = error instanceof WebAuthnError ? error.code : undefined
  if (code === 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT')
    return 'no user verification'
  return 'failed'
}

/**
 * Browsers answer NotAllowedError to a refusal, to a time that ran out and to a device that cannot make sure of its holder, lest pages
 * learn which; our own clock, and what we asked for, can tell.
 */
function refusalOf({ timeout, isVerified }: Asked, elapsed: number): CeremonyFailure {
  if (timeout !== undefined && elapsed >= timeout) return 'timed out'
  return isVerified ? 'refused or not verified' : 'refused'
}
