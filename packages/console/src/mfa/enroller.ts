// Who carries out an enrolment: the console's operations, or sign-in's while nobody is signed in yet. The screens are the same.
// What comes after a device was added is the enroller's affair too.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'

export type Enroller = {
  /** A new device with a new seed, which is shown once. */
  readonly newAuthenticatorApp: (deviceName: string) => Promise<AuthenticatorApp>
  /** Nobody proved the new device: its secret, which was shown, must be worth nothing. */
  readonly discardAuthenticatorApp: (app: AuthenticatorApp) => void
  readonly addAuthenticatorApp: (app: AuthenticatorApp, codes: Codes) => Promise<void>
  readonly addHardwareToken: (serialNumber: string, codes: Codes) => Promise<void>
  readonly newSecurityKey: (deviceName: string) => Promise<PublicKeyCredentialCreationOptionsJSON>
  readonly addSecurityKey: (answer: RegistrationResponseJSON) => Promise<void>
  /** The words of what it throws. */
  readonly explain: (error: unknown) => string
}

/** Two codes that follow each other. */
export type Codes = readonly [first: string, second: string]

export type AuthenticatorApp = {
  readonly serialNumber: string
  /** Base32, for those who type it. */
  readonly secret: string
  /** A PNG as a data: URL. */
  readonly qrCode: string
}
