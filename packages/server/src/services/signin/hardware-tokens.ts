// Hardware TOTP tokens. Their seeds come in a file of the vendor's, which an administrator imports; a token is then enabled by its
// serial number and two of its codes, like any device (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_physical.html).
// AWS knows the seeds of the tokens that it sells: these operations, and the actions that permit them, are ours.
import { FactorsError, freshTotpState, readPskc, readTokenCsv } from '@twinlock/factors'
import type { ImportedToken, PskcKey, TotpFormat } from '@twinlock/factors'
import { AwsError } from '@twinlock/protocol'
import { sealSeed } from '../../authentication/totp-device.ts'
import { beforehand } from '../../store/beforehand.ts'
import type { SigninOperations } from '../../web/api.ts'
import type { Context } from '../context.ts'
import { noSuchMfaDevice, theMfaDevice } from '../iam/virtual-mfa-devices.ts'
import { page } from '../paging.ts'
import { consoleOperation } from './console-operation.ts'

type Import = {
  readonly [Member in keyof ImportInput]: ImportInput[Member] | undefined
} & Pick<ImportInput, 'Format' | 'Document'>

type ImportInput = SigninOperations['ImportHardwareTokens']['input']

export const ImportHardwareTokens = consoleOperation('ImportHardwareTokens', {
  changes: true,
  permissions: () => [{ action: 'twinlock:ImportHardwareTokens', resource: '*' }],
  async perform(input, context) {
    const tokens = await beforehand(context.db, ['token file'], () => readTokens(input))
    for (const token of tokens) await addToken(context, token)
    return { SerialNumbers: tokens.map(({ serialNumber }) => serialNumber) }
  },
})

export const ListHardwareTokens = consoleOperation('ListHardwareTokens', {
  permissions: () => [{ action: 'twinlock:ListHardwareTokens', resource: '*' }],
  async perform(input, context) {
    const { account, db } = context
    const { items, paging } = await page(
      input,
      context,
      'hardware tokens',
      (after = '', limit) =>
        db
          .selectFrom('mfaDevice')
          .leftJoin('user', join =>
            join
              .onRef('user.accountId', '=', 'mfaDevice.accountId')
              .onRef('user.userId', '=', 'mfaDevice.principalId'),
          )
          .select(['serialNumber', 'totpFormat', 'principalId', 'validFrom', 'validUntil'])
          .select('user.userName')
          .where('mfaDevice.accountId', '=', account)
          .where('kind', '=', 'hardware')
          .where('serialNumber', '>', after)
          .orderBy('serialNumber')
          .limit(limit)
          .execute(),
      ({ serialNumber }) => serialNumber,
    )
    const HardwareTokens = items.map(row => {
      const format = JSON.parse(row.totpFormat ?? '{}') as TotpFormat
      return {
        SerialNumber: row.serialNumber,
        Digits: format.digits ?? 6,
        PeriodSeconds: format.periodSeconds ?? 30,
        Algorithm: (format.algorithm ?? 'sha1').toUpperCase(),
        UserName: row.userName ?? undefined,
        OfRoot: row.principalId === account,
        ValidFrom: row.validFrom === null ? undefined : new Date(row.validFrom),
        ValidUntil: row.validUntil === null ? undefined : new Date(row.validUntil),
      }
    })
    return { HardwareTokens, ...paging }
  },
})

export const DeleteHardwareToken = consoleOperation('DeleteHardwareToken', {
  changes: true,
  permissions: () => [{ action: 'twinlock:DeleteHardwareToken', resource: '*' }],
  async perform({ SerialNumber }, context) {
    const { kind, principalId } = await theMfaDevice(context, SerialNumber)
    if (kind !== 'hardware') throw noSuchMfaDevice(SerialNumber)
    if (principalId !== null) {
      throw new AwsError('DeleteConflict', 'The hardware token is in use. Must deactivate first.')
    }
    await context.db
      .deleteFrom('mfaDevice')
      .where('accountId', '=', context.account)
      .where('serialNumber', '=', SerialNumber)
      .execute()
    return {}
  },
})

/** @throws AwsError ValidationError that names each bad line and repeats no value of it */
async function readTokens(input: Import): Promise<readonly ImportedToken[]> {
  try {
    return input.Format === 'CSV'
      ? readTokenCsv(input.Document)
      : await readPskc(input.Document, keyOf(input))
  } catch (error) {
    if (error instanceof FactorsError) throw new AwsError('ValidationError', error.message)
    throw error
  }
}

function keyOf({ Passphrase, PreSharedKey }: Import): PskcKey | undefined {
  if (Passphrase !== undefined) return { passphrase: Passphrase }
  return PreSharedKey === undefined
    ? undefined
    : { preSharedKey: Buffer.from(PreSharedKey, 'base64') }
}

/** The device, and what its vendor measured of its clock. */
async function addToken(context: Context, token: ImportedToken): Promise<void> {
  const { account, db, house, now } = context
  const { serialNumber, secret, format, driftSteps, startDate, expiryDate } = token
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('mfaDevice')
    .values({
      accountId: account,
      serialNumber,
      kind: 'hardware',
      path: '/',
      deviceName: serialNumber,
      sealedSeed: sealSeed(house.keyring, secret.export(), serialNumber),
      totpFormat: JSON.stringify(format),
      validFrom: startDate?.getTime() ?? null,
      validUntil: expiryDate?.getTime() ?? null,
      createDate: now.getTime(),
      principalId: null,
      enableDate: null,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) {
    throw new AwsError('EntityAlreadyExists', 'MFA device already exists.')
  }
  // A serial number that was here before keeps what its guesses cost.
  await db
    .insertInto('totpState')
    .values({
      accountId: account,
      serialNumber,
      state: JSON.stringify({ ...freshTotpState, driftSteps }),
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
