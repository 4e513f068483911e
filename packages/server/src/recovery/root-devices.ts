// Root's MFA devices, taken away: those that are lost, or all. They go as root's own console lets them go; an authenticator app's device
// is deleted, for nobody has its seed but the phone.
import { AwsError } from '@twinlock/protocol'
import type { MfaDeviceKind } from '../authentication/mfa-method.ts'
import { ConfigError } from '../config.ts'
import type { KeyStore } from '../keyring/key-store.ts'
import { deactivateDevice, rootHolder } from '../services/iam/mfa-assignments.ts'
import { DeleteVirtualMFADevice } from '../services/iam/virtual-mfa-devices.ts'
import type { RootContext } from './root-context.ts'
import { forgetWaits } from './root-waits.ts'
import type { RecoveredBy } from './root-recovery.ts'
import { recoverRoot } from './root-recovery.ts'

export type RootDevice = {
  readonly serialNumber: string
  readonly kind: MfaDeviceKind
  readonly enableDate: Date
}

export type RemovedDevices = {
  readonly removed: readonly RootDevice[]
  /** How many root still has. */
  readonly left: number
}

/**
 * @param serialNumber all devices where none is named
 * @throws ConfigError when root has no such device
 */
export function removeRootDevices(
  keys: KeyStore,
  by: RecoveredBy,
  serialNumber?: string,
): Promise<RemovedDevices> {
  return recoverRoot(keys, by, {
    command: 'twinlock root remove-mfa',
    async perform(context) {
      const devices = await devicesOfRoot(context)
      const removed =
        serialNumber === undefined
          ? devices
          : devices.filter(device => device.serialNumber === serialNumber)
      if (removed.length === 0) throw noDevice(serialNumber, devices)
      for (const device of removed) await removeDevice(context, device)
      const left = devices.length - removed.length
      if (left === 0) await beginGraceAnew(context)
      await forgetWaits(context, `codes of ${context.account}`)
      return { removed, left }
    },
    told: ({ removed }) => ({
      SerialNumbers: removed.map(device => device.serialNumber),
    }),
  })
}

async function devicesOfRoot({ account, db }: RootContext): Promise<readonly RootDevice[]> {
  const rows = await db
    .selectFrom('mfaDevice')
    .select(['serialNumber', 'kind', 'enableDate'])
    .where('accountId', '=', account)
    .where('principalId', '=', account)
    .orderBy('serialNumber')
    .execute()
  return rows.map(row => ({ ...row, enableDate: new Date(row.enableDate ?? 0) }))
}

async function removeDevice(context: RootContext, { serialNumber, kind }: RootDevice) {
  await deactivateDevice(context, rootHolder(context.account), serialNumber)
  if (kind !== 'virtual') return
  const refusal = await DeleteVirtualMFADevice.perform({ SerialNumber: serialNumber }, context)
  if (refusal instanceof AwsError) throw refusal
}

/** Root without a device is as a new root: `--root-mfa-grace-days` run from its next sign-in on. */
async function beginGraceAnew({ account, db }: RootContext): Promise<void> {
  await db
    .updateTable('account')
    .set({ rootFirstSignInWithoutMfa: null })
    .where('accountId', '=', account)
    .execute()
}

function noDevice(serialNumber: string | undefined, devices: readonly RootDevice[]): ConfigError {
  if (devices.length === 0) return new ConfigError('The root user has no MFA device.')
  const its = devices.map(device => device.serialNumber).join(', ')
  return new ConfigError(`The root user has no MFA device ${serialNumber}: it has ${its}.`)
}
