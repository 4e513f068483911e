// Enrolling a device in the console, by who is signed in.
import type { WebBrowser } from '../../../server/test/web-browser.ts'
import { newKey, registerKey } from '../../../server/test/web-security-key.ts'
import { COMPANY } from './company.ts'
import type { App, Device, Token } from './devices.ts'
import { codeAt } from './devices.ts'
import type { World } from './world.ts'

/** @param holder from whose name the seed is told */
export async function enrol(
  { clock, securityKeys }: World,
  browser: WebBrowser,
  device: Device,
  holder: string,
): Promise<void> {
  if (device.kind === 'key') {
    const { deviceName, isSynchronised } = device
    const key = newKey({ backupEligible: isSynchronised, backupState: isSynchronised })
    await registerKey(browser, key, deviceName)
    securityKeys.set(deviceName, key)
    return
  }
  await browser.call('signin:EnableMFADevice', {
    SerialNumber: serialNumberOf(device),
    AuthenticationCode1: codeAt(device, holder, clock.now(), -1),
    AuthenticationCode2: codeAt(device, holder, clock.now()),
  })
}

/** As the account knows the device. */
export const serialNumberOf = (device: App | Token): string =>
  device.kind === 'token'
    ? device.serialNumber
    : `arn:aws:iam::${COMPANY.accountId}:mfa/${device.deviceName}`
