// Devices with codes, as the console manages them: root's too, which no signed request can touch, and hardware tokens whose codes
// have eight digits.
import { AwsError } from '@twinlock/protocol'
import { METHOD_OF, isPhishingResistant } from '../../authentication/mfa-method.ts'
import type { Context } from '../context.ts'
import { deactivateDevice, enableDevice, resyncDevice } from '../iam/mfa-assignments.ts'
import { consoleOperation } from './console-operation.ts'
import { onHolder, theHolder } from './subject.ts'

export const EnableMFADevice = consoleOperation('EnableMFADevice', {
  changes: true,
  permissions: async ({ UserName }, context) => [
    await onHolder('iam:EnableMFADevice', context, UserName),
  ],
  async perform(input, context) {
    const { holder } = await theHolder(context, input.UserName)
    const codes = [input.AuthenticationCode1, input.AuthenticationCode2] as const
    return (await enableDevice(context, holder, input.SerialNumber, codes)) ?? {}
  },
})

export const ResyncMFADevice = consoleOperation('ResyncMFADevice', {
  changes: true,
  permissions: async ({ UserName }, context) => [
    await onHolder('iam:ResyncMFADevice', context, UserName),
  ],
  async perform(input, context) {
    const { holder } = await theHolder(context, input.UserName)
    const codes = [input.AuthenticationCode1, input.AuthenticationCode2] as const
    const outcome = await resyncDevice(context, holder, input.SerialNumber, codes)
    return outcome instanceof AwsError ? outcome : { ClockDriftSeconds: outcome }
  },
})

export const DeactivateMFADevice = consoleOperation('DeactivateMFADevice', {
  changes: true,
  permissions: async ({ UserName }, context) => [
    await onHolder('iam:DeactivateMFADevice', context, UserName),
  ],
  async perform({ UserName, SerialNumber }, context) {
    const { holder } = await theHolder(context, UserName)
    await deactivateDevice(context, holder, SerialNumber)
    return {}
  },
})

export const ListMFADevices = consoleOperation('ListMFADevices', {
  permissions: async ({ UserName }, context) => [
    await onHolder('iam:ListMFADevices', context, UserName),
  ],
  async perform({ UserName }, context) {
    const { holder } = await theHolder(context, UserName)
    const rows = await selectDevices(context)
      .where('mfaDevice.principalId', '=', holder.principalId)
      .orderBy('mfaDevice.serialNumber')
      .execute()
    return { MFADevices: rows.map(detailOf) }
  },
})

function selectDevices({ account, db }: Context) {
  return db
    .selectFrom('mfaDevice')
    .leftJoin('securityKey', join =>
      join
        .onRef('securityKey.accountId', '=', 'mfaDevice.accountId')
        .onRef('securityKey.serialNumber', '=', 'mfaDevice.serialNumber'),
    )
    .select([
      'mfaDevice.serialNumber',
      'mfaDevice.deviceName',
      'mfaDevice.kind',
      'mfaDevice.enableDate',
      'securityKey.aaguid',
      'securityKey.attestationFormat',
      'securityKey.attestation',
      'securityKey.certifications',
      'securityKey.backupEligible',
      'securityKey.backupState',
      'securityKey.clonedDate',
    ])
    .where('mfaDevice.accountId', '=', account)
}

type DeviceRow = Awaited<ReturnType<ReturnType<typeof selectDevices>['execute']>>[number]

function detailOf(row: DeviceRow) {
  const Method = METHOD_OF[row.kind]
  return {
    SerialNumber: row.serialNumber,
    DeviceName: row.deviceName,
    Method,
    PhishingResistant: isPhishingResistant(Method),
    EnableDate: new Date(row.enableDate ?? 0),
    ...(row.aaguid !== null && {
      Aaguid: row.aaguid,
      AttestationFormat: row.attestationFormat ?? undefined,
      // Only addSecurityKey writes these columns.
      Attestation: (row.attestation ?? undefined) as Attestation | undefined,
      Certifications: JSON.parse(row.certifications ?? '{}') as Record<string, string>,
      BackupEligible: row.backupEligible === 1,
      BackedUp: row.backupState === 1,
      ClonedDate: row.clonedDate === null ? undefined : new Date(row.clonedDate),
    }),
  }
}

type Attestation = 'none' | 'self' | 'untrusted' | 'trusted'
