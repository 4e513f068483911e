// `twinlock root remove-mfa`: takes MFA devices from the root user.
import { removeRootDevices } from '@twinlock/server'
import type { RootDevice } from '@twinlock/server'
import { command } from '../../command.ts'
import { print } from '../../io.ts'
import { tableOf } from '../../terminal/table.ts'
import { SAME_OPTIONS, STORE_OPTIONS, withKeys } from '../keys/key-store.ts'
import { recoveredBy } from './recovered-by.ts'

export const removeMfa = command({
  takes: ['[SERIAL]'],
  description: `Takes the MFA device SERIAL from the root user, or all of its devices where none is named, and ends
its sessions in browsers. A hardware token stays, for another; other devices are deleted.

${SAME_OPTIONS}`,
  options: STORE_OPTIONS,
  run: (place, [serialNumber], io) =>
    withKeys(place, io, async keys => {
      const { removed, left } = await removeRootDevices(keys, recoveredBy(io), serialNumber)
      print(io, tableOf(['SERIAL NUMBER', 'KIND', 'ENABLED'], removed.map(rowOf)))
      const rest = left === 0 ? NONE_LEFT : `Devices that it still has: ${left}.`
      print(io, '', `Taken from the root user. Its sessions have ended. ${rest}`)
    }),
})

const NONE_LEFT = 'It signs in by its password alone, and is asked for a new device.'

const KINDS = {
  virtual: 'authenticator app',
  hardware: 'hardware token',
  securityKey: 'security key',
} as const satisfies Record<RootDevice['kind'], string>

const rowOf = ({ serialNumber, kind, enableDate }: RootDevice) => [
  serialNumber,
  KINDS[kind],
  enableDate.toISOString(),
]
