// MFA devices of users: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
import type {
  DeactivateMFADeviceRequest,
  EnableMFADeviceRequest,
  GetMFADeviceRequest,
  GetMFADeviceResponse,
  ListMFADevicesRequest,
  ListMFADevicesResponse,
  ResyncMFADeviceRequest,
} from '@aws-sdk/client-iam'
import { AwsError } from '@twinlock/protocol'
import { findIamArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import type { Codes } from './mfa-assignments.ts'
import { deactivateDevice, enableDevice, holderOf, resyncDevice } from './mfa-assignments.ts'
import { onSubject, subjectOf, userNameOf } from './subject.ts'
import { onUser, theUser } from './user-lookup.ts'
import { findMfaDevice, noSuchMfaDevice } from './virtual-mfa-devices.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html
export const EnableMFADevice = operation<EnableMFADeviceRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onUser('iam:EnableMFADevice', context, UserName),
  ],

  async perform(input, context) {
    const user = await theUser(context, input.UserName)
    return enableDevice(context, holderOf(user), input.SerialNumber, codesOf(input))
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeactivateMFADevice.html
export const DeactivateMFADevice = operation<DeactivateMFADeviceRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onUser('iam:DeactivateMFADevice', context, userNameOf(UserName, context)),
  ],

  async perform({ UserName, SerialNumber }, context) {
    const user = await theUser(context, userNameOf(UserName, context))
    await deactivateDevice(context, holderOf(user), SerialNumber)
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResyncMFADevice.html
export const ResyncMFADevice = operation<ResyncMFADeviceRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onUser('iam:ResyncMFADevice', context, UserName),
  ],

  async perform(input, context) {
    const user = await theUser(context, input.UserName)
    const outcome = await resyncDevice(context, holderOf(user), input.SerialNumber, codesOf(input))
    return outcome instanceof AwsError ? outcome : undefined
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html
export const ListMFADevices = operation<ListMFADevicesRequest, ListMFADevicesResponse>({
  permissions: async ({ UserName }, context) => [
    await onSubject('iam:ListMFADevices', context, subjectOf(UserName, context)),
  ],

  async perform({ UserName, ...input }, context) {
    const subject = subjectOf(UserName, context)
    const user = subject.kind === 'user' ? await theUser(context, subject.userName) : undefined
    const principalId = user?.userId ?? context.account
    const { items, paging } = await page(
      input,
      context,
      `MFA devices of ${principalId}`,
      (after = '', limit) => selectDevicesOf(context, principalId, after, limit),
      ({ serialNumber }) => serialNumber,
    )
    const MFADevices = items.map(({ serialNumber, enableDate }) => ({
      UserName: user?.userName,
      SerialNumber: serialNumber,
      EnableDate: enableDate === null ? undefined : new Date(enableDate),
    }))
    return { MFADevices, ...paging }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetMFADevice.html
// It knows security keys only: a device with codes is refused by its form (seen live).
export const GetMFADevice = operation<GetMFADeviceRequest, GetMFADeviceResponse>({
  permissions: async ({ UserName }, context) => [
    await onSubject('iam:GetMFADevice', context, subjectOf(UserName, context)),
  ],

  async perform({ UserName, SerialNumber }, context) {
    const subject = subjectOf(UserName, context)
    const user = subject.kind === 'user' ? await theUser(context, subject.userName) : undefined
    const device = await findMfaDevice(context, SerialNumber)
    const isOwn = device?.principalId === (user?.userId ?? context.account)
    if (isVirtual(SerialNumber) || (isOwn && device?.kind === 'hardware')) throw onlySecurityKeys()
    if (!isOwn || device === undefined) throw noSuchMfaDevice(SerialNumber)
    return {
      UserName: user?.userName,
      SerialNumber,
      EnableDate: device.enableDate === null ? undefined : new Date(device.enableDate),
      ...(await certificationsMember(context, SerialNumber)),
    }
  },
})

const codesOf = ({
  AuthenticationCode1,
  AuthenticationCode2,
}: {
  readonly AuthenticationCode1: string
  readonly AuthenticationCode2: string
}): Codes => [AuthenticationCode1, AuthenticationCode2]

const isVirtual = (serialNumber: string) => findIamArn(serialNumber)?.type === 'mfa'

const onlySecurityKeys = () =>
  new AwsError(
    'ValidationError',
    'The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.',
  )

/** What is known of the authenticator's model: left out where nothing is. */
async function certificationsMember({ account, db }: Context, serialNumber: string) {
  const key = await db
    .selectFrom('securityKey')
    .select('certifications')
    .where('accountId', '=', account)
    .where('serialNumber', '=', serialNumber)
    .executeTakeFirst()
  const Certifications = JSON.parse(key?.certifications ?? '{}') as Record<string, string>
  return Object.keys(Certifications).length === 0 ? {} : { Certifications }
}

function selectDevicesOf(
  { account, db }: Context,
  principalId: string,
  after: string,
  limit: number,
) {
  return db
    .selectFrom('mfaDevice')
    .select(['serialNumber', 'enableDate'])
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .where('serialNumber', '>', after)
    .orderBy('serialNumber')
    .limit(limit)
    .execute()
}

export const mfaDeviceOperations = {
  EnableMFADevice,
  DeactivateMFADevice,
  ResyncMFADevice,
  ListMFADevices,
  GetMFADevice,
} satisfies Operations
