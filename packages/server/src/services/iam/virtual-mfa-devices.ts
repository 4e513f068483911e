// Virtual MFA devices: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html
// A device belongs to the account and, once enabled, to one user. Its seed and QR code are told once, when it is made.
import type {
  CreateVirtualMFADeviceRequest,
  CreateVirtualMFADeviceResponse,
  DeleteVirtualMFADeviceRequest,
  ListVirtualMFADevicesRequest,
  ListVirtualMFADevicesResponse,
} from '@aws-sdk/client-iam'
import { decodeBase32, newTotpSeed, otpauthUri, qrPng } from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import type { Selectable } from 'kysely'
import { sealSeed } from '../../authentication/totp-device.ts'
import { findArn, mfaArn } from '../../identifiers/arns.ts'
import type { Tables } from '../../store/tables.ts'
import type { Context } from '../context.ts'
import type { Operations, Permission } from '../operation.ts'
import { operation } from '../operation.ts'
import { page } from '../paging.ts'
import { transactionOf } from '../transaction.ts'
import { checkPath } from './paths.ts'
import { QUOTAS, checkQuota } from './quotas.ts'
import { addTags, checkTags, dropTags, tagsMember, tagsOf } from './tags.ts'
import { rootMembers, userMembers } from './users.ts'

/** The longest serial number that the other operations take. */
const SERIAL_NUMBER_CHARACTERS = 256

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateVirtualMFADevice.html
export const CreateVirtualMFADevice = operation<
  CreateVirtualMFADeviceRequest,
  CreateVirtualMFADeviceResponse
>({
  changes: true,

  check: ({ Path }) => checkPath(Path),

  permissions({ VirtualMFADeviceName, Path = '/', Tags = [] }, { account }) {
    const asked = { resource: mfaArn(account, Path, VirtualMFADeviceName), requestTags: Tags }
    const create = { action: 'iam:CreateVirtualMFADevice', ...asked }
    return Tags.length === 0 ? [create] : [create, { action: 'iam:TagMFADevice', ...asked }]
  },

  async perform({ VirtualMFADeviceName, Path = '/', Tags = [] }, context) {
    const { account, db, house, now } = context
    const SerialNumber = mfaArn(account, Path, VirtualMFADeviceName)
    checkSerialNumber(SerialNumber)
    checkTags(Tags, 'exact')
    if ((await findMfaDevice(context, SerialNumber)) !== undefined) {
      throw new AwsError('EntityAlreadyExists', 'MFA device already exists.')
    }
    // As many virtual devices as users, assigned or not. The quota's name in the text is a guess.
    checkQuota('VirtualMFADevicesPerAccount', await countVirtual(context), QUOTAS.UsersQuota)

    const seed = newTotpSeed(house.random)
    await db
      .insertInto('mfaDevice')
      .values({
        accountId: account,
        serialNumber: SerialNumber,
        kind: 'virtual',
        path: Path,
        deviceName: VirtualMFADeviceName,
        sealedSeed: sealSeed(house.keyring, decodeBase32(seed), SerialNumber),
        totpFormat: null,
        validFrom: null,
        validUntil: null,
        createDate: now.getTime(),
        principalId: null,
        enableDate: null,
      })
      .execute()
    await house.totp.newSeed(transactionOf(context), account, SerialNumber)
    await addTags(context, SerialNumber, Tags, 'exact')
    const uri = otpauthUri({
      deviceName: VirtualMFADeviceName,
      account: await accountName(context),
      seed,
    })
    return {
      VirtualMFADevice: {
        SerialNumber,
        Base32StringSeed: Buffer.from(seed),
        QRCodePNG: qrPng(uri),
        ...tagsMember(Tags),
      },
    }
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html
export const DeleteVirtualMFADevice = operation<DeleteVirtualMFADeviceRequest>({
  changes: true,

  permissions: async ({ SerialNumber }, context) => [
    await onMfaDevice('iam:DeleteVirtualMFADevice', context, SerialNumber),
  ],

  async perform({ SerialNumber }, context) {
    const { account, db } = context
    const { principalId } = await theVirtualMfaDevice(context, SerialNumber)
    if (principalId !== null) {
      throw new AwsError('DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.')
    }
    await dropTags(context, SerialNumber)
    await db
      .deleteFrom('mfaDevice')
      .where('accountId', '=', account)
      .where('serialNumber', '=', SerialNumber)
      .execute()
  },
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html
export const ListVirtualMFADevices = operation<
  ListVirtualMFADevicesRequest,
  ListVirtualMFADevicesResponse
>({
  permissions: (_, { account }) => [
    { action: 'iam:ListVirtualMFADevices', resource: '*', shownAs: mfaArn(account, '/', '') },
  ],

  async perform({ AssignmentStatus = 'Any', ...input }, context) {
    const { items, paging } = await page(
      input,
      context,
      `virtual MFA devices, ${AssignmentStatus}`,
      (after = '', limit) => selectDevices(context, AssignmentStatus, after, limit),
      ({ serialNumber }) => serialNumber,
    )
    const root = items.some(({ principalId }) => principalId === context.account)
      ? await rootMembers(context)
      : undefined
    const VirtualMFADevices = items.map(device => ({
      SerialNumber: device.serialNumber,
      ...(device.enableDate !== null && { EnableDate: new Date(device.enableDate) }),
      ...(device.principalId !== null && {
        User: device.principalId === context.account ? root : ownerMembers(context, device),
      }),
    }))
    return { VirtualMFADevices, ...paging }
  },
})

type DeviceAndOwner = Awaited<ReturnType<typeof selectDevices>>[number]

/** Devices in the order of their serial numbers, each with the columns of the user who has it. */
function selectDevices(
  { account, db }: Context,
  status: NonNullable<ListVirtualMFADevicesRequest['AssignmentStatus']>,
  after: string,
  limit: number,
) {
  return db
    .selectFrom('mfaDevice')
    .leftJoin('user', join =>
      join
        .onRef('user.accountId', '=', 'mfaDevice.accountId')
        .onRef('user.userId', '=', 'mfaDevice.principalId'),
    )
    .select(['mfaDevice.serialNumber', 'mfaDevice.enableDate', 'mfaDevice.principalId'])
    .select(['user.userName', 'user.path', 'user.createDate', 'user.passwordLastUsed'])
    .where('mfaDevice.accountId', '=', account)
    .where('mfaDevice.kind', '=', 'virtual')
    .where('mfaDevice.serialNumber', '>', after)
    .$if(status === 'Assigned', query => query.where('mfaDevice.principalId', 'is not', null))
    .$if(status === 'Unassigned', query => query.where('mfaDevice.principalId', 'is', null))
    .orderBy('mfaDevice.serialNumber')
    .limit(limit)
    .execute()
}

function ownerMembers({ account }: Context, owner: DeviceAndOwner) {
  const { principalId: userId, userName, path, createDate, passwordLastUsed } = owner
  // INVARIANT: an enabled device's user exists, for DeleteUser refuses to leave one behind.
  if (userId === null || userName === null || path === null || createDate === null) return undefined
  return userMembers(account, { userId, userName, path, createDate, passwordLastUsed })
}

export type MfaDeviceRow = Selectable<Tables['mfaDevice']>

export function findMfaDevice(
  { db, account }: Context,
  serialNumber: string,
): Promise<MfaDeviceRow | undefined> {
  return db
    .selectFrom('mfaDevice')
    .selectAll()
    .where('accountId', '=', account)
    .where('serialNumber', '=', serialNumber)
    .executeTakeFirst()
}

/** @throws AwsError NoSuchEntity */
export async function theMfaDevice(context: Context, serialNumber: string): Promise<MfaDeviceRow> {
  const device = await findMfaDevice(context, serialNumber)
  if (device === undefined) throw noSuchMfaDevice(serialNumber)
  return device
}

/** The same of virtual devices alone: only they are deleted and tagged. @throws AwsError NoSuchEntity */
export async function theVirtualMfaDevice(
  context: Context,
  serialNumber: string,
): Promise<MfaDeviceRow> {
  const device = await theMfaDevice(context, serialNumber)
  if (device.kind !== 'virtual') throw noSuchMfaDevice(serialNumber)
  return device
}

export const noSuchMfaDevice = (serialNumber: string) =>
  new AwsError('NoSuchEntity', `MFA Device with serial number ${serialNumber} does not exist.`)

/** The permission to do `action` to a device. A serial number that is no ARN, as hardware has, is no resource of a policy's. */
export async function onMfaDevice(
  action: string,
  context: Context,
  serialNumber: string,
  more: Pick<Permission, 'requestTags' | 'requestTagKeys'> = {},
): Promise<Permission> {
  if (findArn(serialNumber) === undefined) return { action, resource: '*', ...more }
  const resourceTags = await tagsOf(context, serialNumber)
  return { action, resource: serialNumber, resourceTags, ...more }
}

async function countVirtual({ account, db }: Context): Promise<number> {
  const { count } = await db
    .selectFrom('mfaDevice')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .where('accountId', '=', account)
    .where('kind', '=', 'virtual')
    .executeTakeFirstOrThrow()
  return count
}

/** A longer one could be made, and then neither enabled nor deleted. */
function checkSerialNumber(serialNumber: string): void {
  if (serialNumber.length <= SERIAL_NUMBER_CHARACTERS) return
  throw new AwsError(
    'ValidationError',
    `The serial number of the device would be longer than ${SERIAL_NUMBER_CHARACTERS} characters. Choose a shorter path or name.`,
  )
}

/** What an authenticator app shows beside the device's name: the account's alias, or its id when it has none. */
async function accountName({ account, db }: Context): Promise<string> {
  const row = await db
    .selectFrom('account')
    .select('alias')
    .where('accountId', '=', account)
    .executeTakeFirst()
  return row?.alias ?? account
}

export const virtualMfaDeviceOperations = {
  CreateVirtualMFADevice,
  DeleteVirtualMFADevice,
  ListVirtualMFADevices,
} satisfies Operations
