// The public surface of @twinlock/factors: proofs of identity as functions of their arguments.
export { decodeBase32, encodeBase32 } from './base32.ts'
export { equalInConstantTime } from './constant-time.ts'
export { FactorsError } from './errors.ts'
export type { FactorsErrorCode } from './errors.ts'
export { hotp } from './hotp.ts'
export type { OtpAlgorithm, OtpDigits, OtpFormat } from './hotp.ts'
export { STEP_SECONDS, timeStep, totpCode, totpSecret } from './totp.ts'
export type { TotpFormat, TotpSecret } from './totp.ts'
export { newTotpSeed } from './totp-seed.ts'
export { TOTP_PROFILES } from './totp-profiles.ts'
export type { TotpProfile, TotpProfileName, TotpThrottle } from './totp-profiles.ts'
export { adjustedStep, freshTotpState, reseededTotpState } from './totp-state.ts'
export type { TotpState } from './totp-state.ts'
export { throttleWaitSeconds } from './totp-throttle.ts'
export { verifyCode, verifyPair } from './totp-verification.ts'
export type { CodeVerification, PairVerification } from './totp-verification.ts'
export { clockDriftInWords, clockDriftSeconds } from './clock-drift.ts'
export type { ProvedPair } from './clock-drift.ts'
export { readPskc } from './token-files/pskc.ts'
export type { PskcKey } from './token-files/pskc-encryption.ts'
export { readTokenCsv } from './token-files/token-csv.ts'
export { TokenFileError } from './token-files/token-file-error.ts'
export type { TokenFileProblem } from './token-files/token-file-error.ts'
export type { ImportedToken } from './token-files/imported-token.ts'
export { AWS_ISSUER, otpauthUri, parseOtpauthUri } from './otpauth.ts'
export type { OtpauthTotp, VirtualDevice } from './otpauth.ts'
export { qrPng, qrTerminal, readQrPng } from './qr.ts'
export { hashPassword, newPassword, verifyPassword } from './passwords.ts'
export {
  LONGEST_PASSWORD,
  PASSWORD_REUSE_VIOLATION,
  checkPasswordPolicy,
  passwordPolicyViolation,
} from './password-policy.ts'
export type { PasswordFacts, PasswordPolicy, UnmetPasswordRequirement } from './password-policy.ts'
export { authenticationOptions, registrationOptions } from './webauthn/ceremony-options.ts'
export type {
  AuthenticationRequest,
  NamedCredential,
  RegistrationRequest,
  UserVerification,
} from './webauthn/ceremony-options.ts'
export { verifyRegistration } from './webauthn/registration.ts'
export type { RegistrationCeremony, RegistrationVerification } from './webauthn/registration.ts'
export { verifyAuthentication } from './webauthn/authentication.ts'
export type {
  AssertionFacts,
  AuthenticationCeremony,
  AuthenticationVerification,
} from './webauthn/authentication.ts'
export { findCredentialId } from './webauthn/browser-response.ts'
export type { AttestationTrust, WebAuthnCredential } from './webauthn/credential.ts'
export type { WebAuthnAlgorithm } from './webauthn/algorithms.ts'
export type { CeremonyRefusal } from './webauthn/refusal.ts'
export { readAuthenticatorMetadata } from './webauthn/metadata.ts'
export type {
  AuthenticatorMetadata,
  CertificationName,
  Certifications,
  MetadataStatement,
} from './webauthn/metadata.ts'
export { relyingPartyOf } from './webauthn/relying-party.ts'
export type { RelyingParty } from './webauthn/relying-party.ts'
