// What is done with the MFA devices of a user, or of the root user. AWS's API knows users alone; the console's own operations know
// root, security keys and tokens of eight digits too.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { ApiError } from '../../api/api-error.ts'
import { iam } from '../../api/iam.ts'
import { readPages } from '../../api/pages.ts'
import { signin } from '../../api/signin.ts'
import type { AuthenticatorApp, Codes } from '../../mfa/enroller.ts'
import { kindOfSerialNumber } from '../../mfa/mfa-kinds.ts'
import type { CredentialOwner } from './credential-owner.ts'
import { userNameInput } from './credential-owner.ts'

/** A new device, which nobody has yet. One of that name that was begun and never finished makes room for it. */
export async function newVirtualDevice(name: string): Promise<AuthenticatorApp> {
  try {
    return await createVirtualDevice(name)
  } catch (error) {
    const SerialNumber = await findUnassigned(name, error)
    await iam('DeleteVirtualMFADevice', { SerialNumber })
    return createVirtualDevice(name)
  }
}

async function createVirtualDevice(VirtualMFADeviceName: string): Promise<AuthenticatorApp> {
  const { VirtualMFADevice } = await iam('CreateVirtualMFADevice', { VirtualMFADeviceName })
  const { SerialNumber = '', Base32StringSeed, QRCodePNG } = VirtualMFADevice ?? {}
  return {
    serialNumber: SerialNumber,
    secret: atob(base64Of(Base32StringSeed)),
    qrCode: `data:image/png;base64,${base64Of(QRCodePNG)}`,
  }
}

/** In JSON a blob is base64, whatever the SDK makes of it. */
const base64Of = (blob: unknown) => (typeof blob === 'string' ? blob : '')

/** @throws the first refusal, unless it was about the name and nobody has the device of that name */
async function findUnassigned(name: string, refusal: unknown): Promise<string> {
  if (!(refusal instanceof ApiError && refusal.code.startsWith('EntityAlreadyExists')))
    throw refusal
  const unassigned = await readPages('ListVirtualMFADevices', 'VirtualMFADevices', {
    AssignmentStatus: 'Unassigned',
  }).catch(() => [])
  const begun = unassigned.find(({ SerialNumber }) => SerialNumber?.endsWith(`:mfa/${name}`))
  if (begun?.SerialNumber === undefined) throw refusal
  return begun.SerialNumber
}

/** Of a device that nobody proved. It does no harm when it stays. */
export async function forgetVirtualDevice(SerialNumber: string): Promise<void> {
  await iam('DeleteVirtualMFADevice', { SerialNumber }).catch(() => undefined)
}

export async function enableMfaDevice(
  owner: CredentialOwner,
  SerialNumber: string,
  codes: Codes,
): Promise<void> {
  await signin('EnableMFADevice', { ...userNameInput(owner), SerialNumber, ...codesInput(codes) })
}

/** Resolves to how many seconds the device's clock is ahead; negative: behind. */
export async function resyncMfaDevice(
  owner: CredentialOwner,
  SerialNumber: string,
  codes: Codes,
): Promise<number> {
  const input = { ...userNameInput(owner), SerialNumber, ...codesInput(codes) }
  return (await signin('ResyncMFADevice', input)).ClockDriftSeconds
}

/** A virtual device is worth nothing once nobody has it: it goes too. */
export async function removeMfaDevice(owner: CredentialOwner, SerialNumber: string): Promise<void> {
  await signin('DeactivateMFADevice', { ...userNameInput(owner), SerialNumber })
  if (kindOfSerialNumber(SerialNumber) === 'totp') await forgetVirtualDevice(SerialNumber)
}

export async function newSecurityKeyOptions(
  owner: CredentialOwner,
  DeviceName: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { Options } = await signin('BeginSecurityKeyRegistration', {
    ...userNameInput(owner),
    DeviceName,
  })
  // The server makes them for exactly this call.
  return Options as PublicKeyCredentialCreationOptionsJSON
}

/** Resolves to the new device's serial number. */
export async function finishSecurityKey(
  owner: CredentialOwner,
  Response: RegistrationResponseJSON,
): Promise<string> {
  return (await signin('RegisterSecurityKey', { ...userNameInput(owner), Response })).SerialNumber
}

const codesInput = ([AuthenticationCode1, AuthenticationCode2]: Codes) => ({
  AuthenticationCode1,
  AuthenticationCode2,
})
