// The public surface of @twinlock/factors: proofs of identity as functions of their arguments.
export { decodeBase32, encodeBase32 } from './base32.ts'
export { equalInConstantTime } from './constant-time.ts'
export { FactorsError } from './errors.ts'
export type { FactorsErrorCode } from './errors.ts'
export { hotp } from './hotp.ts'
export type { OtpAlgorithm, OtpDigits, OtpFormat } from './hotp.ts'
export { STEP_SECONDS, timeStep, totpCode, totpSecret } from './totp.ts'
export type { TotpSecret } from './totp.ts'
export { newTotpSeed } from './totp-seed.ts'
export { TOTP_PROFILES } from './totp-profiles.ts'
export type { TotpProfile, TotpProfileName, TotpThrottle } from './totp-profiles.ts'
export { adjustedStep, freshTotpState, reseededTotpState } from './totp-state.ts'
export type { TotpState } from './totp-state.ts'
export { verifyCode, verifyPair } from './totp-verification.ts'
export type { CodeVerification, PairVerification } from './totp-verification.ts'
export { AWS_ISSUER, otpauthUri, parseOtpauthUri } from './otpauth.ts'
export type { OtpauthTotp, VirtualDevice } from './otpauth.ts'
export { qrPng, qrTerminal, readQrPng } from './qr.ts'
export { hashPassword, isPasswordReused, newPassword, verifyPassword } from './passwords.ts'
export {
  PASSWORD_REUSE_VIOLATION,
  checkPasswordPolicy,
  passwordPolicyViolation,
} from './password-policy.ts'
export type { PasswordFacts, PasswordPolicy, UnmetPasswordRequirement } from './password-policy.ts'
