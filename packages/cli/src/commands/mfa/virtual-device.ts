// A virtual MFA device between its creation and its first two codes: AWS has it then, but nobody owns it.
import {
  CreateVirtualMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EntityAlreadyExistsException,
  type IAMClient,
} from '@aws-sdk/client-iam'
import { otpauthUri, readQrPng } from '@twinlock/factors'
import { Refusal } from '../../command-errors.ts'
import { type Io, tell } from '../../io.ts'
import type { Values } from '../../command.ts'
import { sentenceOf } from '../../outside-errors.ts'
import { shellWord } from '../../terminal/shell-word.ts'
import { type ENDPOINT_OPTIONS, awsCliOptions } from './endpoint.ts'

/** What CreateVirtualMFADevice says once and never again. */
export type VirtualDevice = {
  readonly serialNumber: string
  readonly base32StringSeed: string
  readonly qrCodePng: Buffer
  /** What the QR code says. */
  readonly uri: string
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html */
export async function createVirtualDevice(iam: IAMClient, name: string): Promise<VirtualDevice> {
  const { VirtualMFADevice } = await iam
    .send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }))
    .catch((error: unknown) => {
      if (!(error instanceof EntityAlreadyExistsException)) throw error
      throw new Refusal(
        `an MFA device \`${name}\` exists already: choose another name with --name. If it is left over from an attempt that failed, delete it with \`aws iam delete-virtual-mfa-device\`.`,
      )
    })
  const { SerialNumber, Base32StringSeed, QRCodePNG } = VirtualMFADevice ?? {}
  if (SerialNumber === undefined || Base32StringSeed === undefined) {
    throw new Refusal('the service made a device but told no seed; it can not be used.')
  }
  const seed = Buffer.from(Base32StringSeed).toString('ascii')
  const qrCodePng = Buffer.from(QRCodePNG ?? [])
  return {
    serialNumber: SerialNumber,
    base32StringSeed: seed,
    qrCodePng,
    uri:
      uriIn(qrCodePng) ?? otpauthUri({ deviceName: name, account: accountOf(SerialNumber), seed }),
  }
}

/** What the service wrote into the picture, alias of the account and all; undefined if it can't be read. */
function uriIn(png: Buffer) {
  try {
    return readQrPng(png)
  } catch {
    return undefined
  }
}

function accountOf(arn: string) {
  return arn.split(':')[4] ?? ''
}

/**
 * Deletes the device, which would block its name for ever, and says so, or says why not.
 * @returns whether it is gone
 */
export async function discardVirtualDevice(
  iam: IAMClient,
  SerialNumber: string,
  { values, io }: { readonly values: Values<typeof ENDPOINT_OPTIONS>; readonly io: Io },
) {
  try {
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))
    tell(io, `The half-made device ${SerialNumber} was deleted.`)
    return true
  } catch (error) {
    tell(
      io,
      `The half-made device ${SerialNumber} could not be deleted: ${sentenceOf(error) ?? String(error)}`,
      `Whoever may should run: ${['aws iam delete-virtual-mfa-device --serial-number', shellWord(SerialNumber), ...awsCliOptions(values)].join(' ')}`,
      'Until then another try needs another --name.',
    )
    return false
  }
}
