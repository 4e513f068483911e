// `twinlock backup`: a copy of the database that is whole, while the service runs.
import { resolve } from 'node:path'
import { ConfigError, backUp, readConfig } from '@twinlock/server'
import { Refusal, UsageError } from '../command-errors.ts'
import { command } from '../command.ts'
import { type Io, print, tell } from '../io.ts'
import { START_OPTIONS } from './start.ts'

const PLACE = {
  data: { type: 'string', ...START_OPTIONS.data },
  database: { type: 'string', ...START_OPTIONS.database },
} as const

export const backup = command({
  takes: ['FILE'],
  description: `Copies the database of \`twinlock start\` into FILE, whole as it is at this moment. Servers go on
meanwhile. The options are those of \`twinlock start\`, and may be given in the environment as there
(TWINLOCK_DATA, TWINLOCK_DATABASE). The master key is not copied: keep it apart.`,
  options: PLACE,
  run: async (place, [file], io) => {
    if (file === undefined) throw new UsageError('which file? Give the one to make.')
    const config = readPlace(place, io)
    try {
      await backUp(config, resolve(file))
    } catch (error) {
      throw error instanceof ConfigError ? new Refusal(error.message, { cause: error }) : error
    }
    print(io, `${resolve(file)} holds the database.`)
    tell(io, 'It opens with the master key of today. Keep that apart from it.')
  },
})

function readPlace(
  {
    data,
    database,
  }: { readonly data?: string | undefined; readonly database?: string | undefined },
  { env }: Io,
) {
  const { TWINLOCK_DATA, TWINLOCK_DATABASE } = env
  try {
    return readConfig([], {
      TWINLOCK_DATA: data ?? TWINLOCK_DATA,
      TWINLOCK_DATABASE: database ?? TWINLOCK_DATABASE,
    })
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message, { cause: error }) : error
  }
}
