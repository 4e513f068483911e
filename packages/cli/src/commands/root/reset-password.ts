// `twinlock root reset-password`: another password for the root user.
import { ConfigError, readConfig, resetRootPassword } from '@twinlock/server'
import { UsageError } from '../../command-errors.ts'
import { command } from '../../command.ts'
import { print, tell } from '../../io.ts'
import { SAME_OPTIONS, STORE_OPTIONS, withKeys } from '../keys/key-store.ts'
import { recoveredBy } from './recovered-by.ts'

export const resetPassword = command({
  takes: [],
  description: `Sets another password for the root user, and ends its sessions in browsers. Its MFA devices and
access keys stay.

${SAME_OPTIONS}`,
  options: {
    'password-file': {
      type: 'string',
      value: 'FILE',
      help: 'holds the password (default: a random one, printed once)',
    },
    ...STORE_OPTIONS,
  },
  run: ({ 'password-file': file, ...place }, _, io) => {
    const given = file === undefined ? undefined : readPassword(file)
    return withKeys(place, io, async keys => {
      const { email, password } = await resetRootPassword(keys, recoveredBy(io), given)
      if (given === undefined) print(io, password)
      const shown = given === undefined ? ', shown this once' : ''
      tell(io, `The root user ${email} has a new password${shown}. Its sessions have ended.`)
    })
  },
})

/** As the first start reads it. */
function readPassword(file: string): string | undefined {
  try {
    return readConfig([`--root-password-file=${file}`], {}).rootPassword
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const message = error.message.replace('--root-password-file', '--password-file')
    throw new UsageError(message, { cause: error })
  }
}
