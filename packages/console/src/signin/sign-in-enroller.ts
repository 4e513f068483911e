// The enrolment of a device during sign-in: the sign-in itself is who asks.
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import type { SignInState } from '@twinlock/server/console-api'
import type { Enroller } from '../mfa/enroller.ts'
import { SignInProblem, takeStep } from './sign-in-client.ts'
import type { StepFailed } from './step-failed.ts'

export function enrolmentOf(onNext: (state: SignInState) => void, onFail: StepFailed): Enroller {
  return {
    async newAuthenticatorApp(deviceName) {
      const app = await takeStep('enrol/authenticator-app', { deviceName })
      return { ...app, qrCode: `data:image/png;base64,${app.qrCode}` }
    },
    // The sign-in keeps one new device at most: the next replaces it.
    discardAuthenticatorApp() {},
    addAuthenticatorApp: async (_app, [code1, code2]) =>
      onNext(await takeStep('enrol/authenticator-app/confirm', { code1, code2 })),
    addHardwareToken: async (serialNumber, [code1, code2]) =>
      onNext(await takeStep('enrol/hardware-token', { serialNumber, code1, code2 })),
    async newSecurityKey(deviceName) {
      const { options } = await takeStep('enrol/security-key/options', { deviceName })
      return options as PublicKeyCredentialCreationOptionsJSON
    },
    addSecurityKey: async response => onNext(await takeStep('enrol/security-key', { response })),
    explain: error =>
      error instanceof SignInProblem && error.code === 'AuthenticationFailed'
        ? 'The device was not accepted. Enter codes that follow each other and that it shows now, or try again with another device.'
        : onFail(error),
  }
}
