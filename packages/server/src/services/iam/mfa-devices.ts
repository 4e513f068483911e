// MFA devices of users: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
// Two consecutive codes prove that a user holds a device. A user has at most eight; any of them will do.
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
import { totpDevice } from '../../authentication/totp-device.ts'
import { mfaFacts } from '../../authorization/mfa-facts.ts'
import { findArn } from '../../identifiers/arns.ts'
import type { Context } from '../context.ts'
import type { Operations } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { transactionOf } from '../transaction.ts'
import { checkQuota } from './quotas.ts'
import { onSubject, subjectOf, userNameOf } from './subject.ts'
import type { UserRow } from './user-lookup.ts'
import { onUser, theUser } from './user-lookup.ts'
import type { MfaDeviceRow } from './virtual-mfa-devices.ts'
import { noSuchMfaDevice, theMfaDevice } from './virtual-mfa-devices.ts'

const MFA_DEVICES_PER_USER = 8

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableMFADevice.html
export const EnableMFADevice = operation<EnableMFADeviceRequest>({
  changes: true,

  permissions: async ({ UserName }, context) => [
    await onUser('iam:EnableMFADevice', context, UserName),
  ],

  async perform(input, context) {
    const user = await theUser(context, input.UserName)
    const devices = await countDevices(context, user.userId)
    demandMfaForOwnDevices(context, user, devices)
    const device = await theMfaDevice(context, input.SerialNumber)
    if (device.principalId !== null) throw alreadyAssigned(device, user)
    checkQuota('MFADevicesPerUser', devices, MFA_DEVICES_PER_USER)
    // A returned refusal is committed with the ledger's count of it; a thrown one would give the guess back.
    if (!(await provesPair(input, context, device))) return invalidCode()
    await assign(context, device, { principalId: user.userId, enableDate: context.now.getTime() })
    return undefined
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
    demandMfaForOwnDevices(context, user, await countDevices(context, user.userId))
    const device = await theDeviceOf(context, user, SerialNumber)
    await assign(context, device, { principalId: null, enableDate: null })
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
    const device = await theDeviceOf(context, user, input.SerialNumber)
    return (await provesPair(input, context, device)) ? undefined : invalidCode()
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
// It knows security keys only, of which nobody can have one here yet: a virtual device is refused by its form (seen live).
export const GetMFADevice = operation<GetMFADeviceRequest, GetMFADeviceResponse>({
  permissions: async ({ UserName }, context) => [
    await onSubject('iam:GetMFADevice', context, subjectOf(UserName, context)),
  ],

  async perform({ UserName, SerialNumber }, context) {
    const subject = subjectOf(UserName, context)
    if (subject.kind === 'user') await theUser(context, subject.userName)
    throw isVirtual(SerialNumber) ? onlySecurityKeys() : noSuchMfaDevice(SerialNumber)
  },
})

/**
 * INVARIANT: whoever has a device adds and removes own devices only in a session with MFA, whatever the policies say.
 * Else a leaked access key could enrol a device of its thief's (AWS bulletin AWS-2023-001).
 */
function demandMfaForOwnDevices({ caller, now }: Context, user: UserRow, devices: number): void {
  if (caller.id !== user.userId || devices === 0 || mfaFacts(caller, now).present === true) return
  throw new AwsError(
    'AccessDenied',
    'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.',
  )
}

/** @throws AwsError NoSuchEntity when there is no such device, or when it is not this user's */
async function theDeviceOf(
  context: Context,
  { userId }: UserRow,
  serialNumber: string,
): Promise<MfaDeviceRow> {
  const device = await theMfaDevice(context, serialNumber)
  if (device.principalId === userId) return device
  throw new AwsError('NoSuchEntity', 'MFA Device invalid for user.')
}

const alreadyAssigned = ({ principalId }: MfaDeviceRow, { userId, userName }: UserRow) =>
  new AwsError(
    'EntityAlreadyExists',
    principalId === userId
      ? `MFA Device for user ${userName} already exists.`
      : 'MFA Device is already in use.',
  )

const isVirtual = (serialNumber: string) =>
  findArn(serialNumber)?.resource.startsWith('mfa/') === true

const onlySecurityKeys = () =>
  new AwsError(
    'ValidationError',
    'The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.',
  )

const invalidCode = () =>
  new AwsError('InvalidAuthenticationCode', 'Authentication code for device is not valid.')

type Pair = Pick<EnableMFADeviceRequest, 'AuthenticationCode1' | 'AuthenticationCode2'>

/** Whether the two codes prove the device. Counts the attempt, so the transaction must be committed either way. */
async function provesPair(
  codes: { readonly [Name in keyof Pair]: string },
  context: Context,
  row: MfaDeviceRow,
): Promise<boolean> {
  const { account, house, now } = context
  const device = totpDevice(house.keyring, account, row)
  const pair = [codes.AuthenticationCode1, codes.AuthenticationCode2] as const
  return (await house.totp.verifyPair(transactionOf(context), device, pair, now)) === 'proved'
}

async function countDevices({ account, db }: Context, principalId: string): Promise<number> {
  const { count } = await db
    .selectFrom('mfaDevice')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('accountId', '=', account)
    .where('principalId', '=', principalId)
    .executeTakeFirstOrThrow()
  return count
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

async function assign(
  { account, db }: Context,
  { serialNumber }: MfaDeviceRow,
  assignment: Pick<MfaDeviceRow, 'principalId' | 'enableDate'>,
): Promise<void> {
  await db
    .updateTable('mfaDevice')
    .set(assignment)
    .where('accountId', '=', account)
    .where('serialNumber', '=', serialNumber)
    .execute()
}

export const mfaDeviceOperations = {
  EnableMFADevice,
  DeactivateMFADevice,
  ResyncMFADevice,
  ListMFADevices,
  GetMFADevice,
} satisfies Operations
