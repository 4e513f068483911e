// What this package can refuse to read, as one vocabulary. No message ever repeats a secret or the text that carries one.

/** The refusals of this package. The codes are stable; the messages are for people. */
export type FactorsErrorCode =
  | 'InvalidAuthenticatorMetadata'
  | 'InvalidBase32'
  | 'InvalidOtpauthUri'
  | 'InvalidPng'
  | 'InvalidTokenFile'
  | 'InvalidWebAuthnOptions'
  | 'NoQrCode'
  | 'WrongTokenFileKey'

/** An input that cannot be read. `code` is for programs, `message` says what to do. */
export class FactorsError extends Error {
  readonly code: FactorsErrorCode

  constructor(code: FactorsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FactorsError'
    this.code = code
  }
}
