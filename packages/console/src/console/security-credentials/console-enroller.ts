// The enrolment of a device in the console, for oneself or, by an administrator, for somebody else.
import type { Enroller } from '../../mfa/enroller.ts'
import { deviceNameOf } from '../../mfa/mfa-kinds.ts'
import { inWords } from './in-words.ts'
import {
  enableMfaDevice,
  finishSecurityKey,
  forgetVirtualDevice,
  newSecurityKeyOptions,
  newVirtualDevice,
} from './mfa-operations.ts'
import type { CredentialOwner } from './credential-owner.ts'

/** @param done goes on, with the name of the device that was added */
export function enrolmentFor(
  owner: CredentialOwner,
  done: (deviceName: string) => Promise<void>,
): Enroller {
  return {
    newAuthenticatorApp: newVirtualDevice,
    discardAuthenticatorApp: ({ serialNumber }) => void forgetVirtualDevice(serialNumber),
    async addAuthenticatorApp({ serialNumber }, codes) {
      await enableMfaDevice(owner, serialNumber, codes)
      await done(deviceNameOf(serialNumber))
    },
    async addHardwareToken(serialNumber, codes) {
      await enableMfaDevice(owner, serialNumber, codes)
      await done(serialNumber)
    },
    newSecurityKey: deviceName => newSecurityKeyOptions(owner, deviceName),
    async addSecurityKey(response) {
      await done(deviceNameOf(await finishSecurityKey(owner, response)))
    },
    explain: inWords,
  }
}
