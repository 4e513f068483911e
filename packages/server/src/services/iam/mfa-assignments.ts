// Whose a device is: how a user, or the root user, comes to hold one, sets its clock right, and gives it up. Two consecutive
// codes prove that somebody holds a device that has codes. Everybody has at most eight devices; any of them will do.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
import { AwsError } from '@twinlock/protocol'
import { endSessionsProvedBy } from '../../authentication/browser-session-endings.ts'
import type { PairOutcome } from '../../authentication/totp-ledger.ts'
import { totpDevice } from '../../authentication/totp-device.ts'
import { mfaFacts } from '../../authorization/mfa-facts.ts'
import type { AccountId } from '../../identifiers/account-id.ts'
import type { Context } from '../context.ts'
import { transactionOf } from '../transaction.ts'
import { checkQuota } from './quotas.ts'
import type { UserRow } from './user-lookup.ts'
import type { MfaDeviceRow } from './virtual-mfa-devices.ts'
import { theMfaDevice } from './virtual-mfa-devices.ts'

const MFA_DEVICES_PER_USER = 8

/** Who holds devices: a user or the root user. */
export type Holder = {
  /** The user's id, or the account id. */
  readonly principalId: string
  readonly name: string
}

export const holderOf = ({ userId, userName }: UserRow): Holder => ({
  principalId: userId,
  name: userName,
})

export const rootHolder = (account: AccountId): Holder => ({ principalId: account, name: 'root' })

export type Codes = readonly [first: string, second: string]

/**
 * Gives a device with codes to its holder. A refusal that is returned must be committed, with the ledger's count of it; a
 * thrown one would give the guess back.
 */
export async function enableDevice(
  context: Context,
  holder: Holder,
  serialNumber: string,
  codes: Codes,
): Promise<AwsError | undefined> {
  await demandMfaForOwnDevices(context, holder)
  const device = await theMfaDevice(context, serialNumber)
  if (device.principalId !== null) throw alreadyAssigned(device, holder)
  await checkRoomForDevice(context, holder)
  const { outcome } = await verifyPair(context, device, codes)
  if (outcome !== 'proved') return invalidCode()
  const { account, db, now } = context
  await db
    .updateTable('mfaDevice')
    .set({ principalId: holder.principalId, enableDate: now.getTime() })
    .where('accountId', '=', account)
    .where('serialNumber', '=', serialNumber)
    .execute()
  return undefined
}

/**
 * Takes a device from its holder, and ends the console's sessions that it proved. A virtual device and a hardware token stay, for
 * another; a security key's credential goes.
 */
export async function deactivateDevice(
  context: Context,
  holder: Holder,
  serialNumber: string,
): Promise<void> {
  await demandMfaForOwnDevices(context, holder)
  const { kind } = await theDeviceOf(context, holder, serialNumber)
  const { account, db } = context
  const device = { account, holder: holder.principalId, serialNumber }
  await endSessionsProvedBy(db, device, context.browser?.session)
  if (kind === 'securityKey') {
    for (const table of ['securityKey', 'mfaDevice'] as const) {
      await db
        .deleteFrom(table)
        .where('accountId', '=', account)
        .where('serialNumber', '=', serialNumber)
        .execute()
    }
    return
  }
  await db
    .updateTable('mfaDevice')
    .set({ principalId: null, enableDate: null })
    .where('accountId', '=', account)
    .where('serialNumber', '=', serialNumber)
    .execute()
}

/**
 * Learns from two codes how far a device's clock is off: that many seconds. A refusal that is returned must be committed.
 */
export async function resyncDevice(
  context: Context,
  holder: Holder,
  serialNumber: string,
  codes: Codes,
): Promise<AwsError | number> {
  const pair = await verifyPair(context, await theDeviceOf(context, holder, serialNumber), codes)
  return pair.outcome === 'proved' ? pair.clockDriftSeconds : invalidCode()
}

/** @throws AwsError LimitExceeded */
export async function checkRoomForDevice(context: Context, { principalId }: Holder): Promise<void> {
  const devices = await countDevices(context, principalId)
  checkQuota('MFADevicesPerUser', devices, MFA_DEVICES_PER_USER)
}

/**
 * INVARIANT: whoever has a device adds and removes own devices only in a session with MFA, whatever the policies say.
 * Else a leaked access key could enrol a device of its thief's (AWS bulletin AWS-2023-001).
 */
export async function demandMfaForOwnDevices(
  context: Context,
  { principalId }: Holder,
): Promise<void> {
  const { caller, now } = context
  if (caller.id !== principalId || mfaFacts(caller, now).present === true) return
  if ((await countDevices(context, principalId)) === 0) return
  throw new AwsError(
    'AccessDenied',
    'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.',
  )
}

/** @throws AwsError NoSuchEntity when there is no such device, or when it is not the holder's */
async function theDeviceOf(
  context: Context,
  { principalId }: Holder,
  serialNumber: string,
): Promise<MfaDeviceRow> {
  const device = await theMfaDevice(context, serialNumber)
  if (device.principalId === principalId) return device
  throw new AwsError('NoSuchEntity', 'MFA Device invalid for user.')
}

const alreadyAssigned = (device: MfaDeviceRow, { principalId, name }: Holder) =>
  new AwsError(
    'EntityAlreadyExists',
    device.principalId === principalId
      ? `MFA Device for user ${name} already exists.`
      : 'MFA Device is already in use.',
  )

/** The text is ours: what AWS answers of a security key is not known. */
const hasNoCodes = () =>
  new AwsError('ValidationError', 'A security key has no codes that could be resynchronized.')

const invalidCode = () =>
  new AwsError('InvalidAuthenticationCode', 'Authentication code for device is not valid.')

/** Counts the attempt, so the transaction must be committed whatever the outcome. */
function verifyPair(context: Context, row: MfaDeviceRow, codes: Codes): Promise<PairOutcome> {
  const { account, house, now } = context
  const device = totpDevice(house.keyring, account, row)
  if (device === undefined) throw hasNoCodes()
  return house.totp.verifyPair(transactionOf(context), device, codes, now)
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
